package io.github.pbxsdk.sms.webhook;

import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.bandwidth.BandwidthEvents;
import io.github.pbxsdk.sms.internal.bridge.FreePbxEvents;
import io.github.pbxsdk.sms.internal.broadcast.BroadcastEvents;
import io.github.pbxsdk.sms.internal.flowroute.FlowrouteEvents;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.messagemedia.MessageMediaEvents;
import io.github.pbxsdk.sms.internal.telnyx.TelnyxEvents;
import io.github.pbxsdk.sms.internal.twilio.TwilioEvents;
import io.github.pbxsdk.sms.internal.voipms.VoipMsEvents;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the built-in providers post, read.
 *
 * <p>Give each the origin of its provider, {@code provider.origin()}: a text that comes by webhook
 * and by polling is the same one then. References that nobody knows, odd senders and members that
 * are missing never keep a message from arriving.
 */
public final class WebhookParsers {

    private WebhookParsers() {}

    /** Returns the parser for Twilio and SignalWire. */
    public static WebhookParser twilio(SmsOrigin origin) {
        return new WebhookParser() {
            @Override
            public List<SmsEvent> parse(WebhookRequest request) {
                boolean post = request.method().equals("POST");
                return List.of(TwilioEvents.event(origin, post ? request.form() : request.query()));
            }

            /** Whatever stood here would be sent to the person. */
            @Override
            public WebhookResponse acknowledgement() {
                return WebhookResponse.of(200, "text/xml", "<Response/>");
            }
        };
    }

    /**
     * Returns the parser for SMS Broadcast: the classic webhooks, and the templates of the newer
     * portal as query, form or JSON, pictures included.
     */
    public static WebhookParser smsBroadcast(SmsOrigin origin) {
        return reading(origin, BroadcastEvents::event);
    }

    /** Returns the parser for MessageMedia, whatever the template. */
    public static WebhookParser messageMedia(SmsOrigin origin) {
        return reading(origin, MessageMediaEvents::event);
    }

    /** Returns the parser for Flowroute: version 2, and the flat texts of version 1. */
    public static WebhookParser flowroute(SmsOrigin origin) {
        return reading(origin, FlowrouteEvents::event);
    }

    /** Returns the parser for Telnyx. */
    public static WebhookParser telnyx(SmsOrigin origin) {
        return reading(origin, TelnyxEvents::event);
    }

    /** Returns the parser for Bandwidth. */
    public static WebhookParser bandwidth(SmsOrigin origin) {
        return reading(origin, BandwidthEvents::event);
    }

    /**
     * Returns the parser for VoIP.ms, whose callback is a URL with {@code to}, {@code from}, {@code
     * message}, {@code id} and {@code media}. It answers {@code ok}, without which VoIP.ms repeats.
     */
    public static WebhookParser voipMs(SmsOrigin origin) {
        return new WebhookParser() {
            @Override
            public List<SmsEvent> parse(WebhookRequest request) {
                int mark = request.url().indexOf('?');
                return List.of(VoipMsEvents.event(origin, request.url().substring(mark + 1)));
            }

            @Override
            public WebhookResponse acknowledgement() {
                return WebhookResponse.of(200, "text/plain", "ok");
            }
        };
    }

    /**
     * Returns the parser for the webhooks of FreePBX itself: JSON that calls itself a form, without
     * an id or a time.
     */
    public static WebhookParser freePbx(SmsOrigin origin) {
        return withoutIds(origin, reading(origin, FreePbxEvents::own));
    }

    /**
     * Returns the parser for a bridge in front of FreePBX that posts {@code from}, {@code to},
     * {@code message} and {@code timestamp}. Such a text has no id, so it can't be polled as well.
     */
    public static WebhookParser freePbxBridge(SmsOrigin origin) {
        return withoutIds(origin, freePbxBridgeWithIds(origin));
    }

    /**
     * Returns the parser for a bridge that posts an {@code id} as well, the one that its list has:
     * a text that comes both ways is the same one then.
     */
    public static WebhookParser freePbxBridgeWithIds(SmsOrigin origin) {
        return reading(origin, FreePbxEvents::bridge);
    }

    private static WebhookParser withoutIds(SmsOrigin origin, WebhookParser reader) {
        return new WebhookParser() {
            @Override
            public List<SmsEvent> parse(WebhookRequest request) {
                return reader.parse(request);
            }

            @Override
            public Optional<SmsOrigin> originWithoutIds() {
                return Optional.of(origin);
            }
        };
    }

    private static WebhookParser reading(
            SmsOrigin origin, BiFunction<SmsOrigin, JsonObject, SmsEvent> reader) {
        return request ->
                members(request).stream().map(json -> reader.apply(origin, json)).toList();
    }

    /** JSON is told by its first character: content types lie. */
    private static List<JsonObject> members(WebhookRequest request) {
        String body = request.bodyText().strip();
        if (body.startsWith("{") || body.startsWith("[")) {
            return JsonObject.parseList(body);
        }
        return List.of(JsonObject.of(body.isEmpty() ? request.query() : request.form()));
    }
}
