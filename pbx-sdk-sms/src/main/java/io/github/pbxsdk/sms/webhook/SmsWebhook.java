package io.github.pbxsdk.sms.webhook;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.event.SmsEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A webhook of a provider: from the request to the answer, in any web framework.
 *
 * <pre>{@code
 * SmsWebhook webhook = SmsWebhook.builder()
 *         .parser(WebhookParsers.twilio(provider.origin()))
 *         .verifier(WebhookVerifiers.twilio(authToken))
 *         .publicUrl("https://clinic.example.com")
 *         .intake(intake)
 *         .build();
 *
 * WebhookResponse response = webhook.handle(request);
 * }</pre>
 *
 * <p>The signature is checked over the bytes that came, repeated calls are recognised, and the
 * provider hears of success only when the handler of the {@link SmsIntake} has returned. When it
 * fails, the answer is 503, so that the provider calls again, if it is one that does. Providers
 * wait for two to twenty seconds: a handler that takes longer should store and return.
 *
 * <p>Immutable and thread-safe.
 */
public final class SmsWebhook {

    private static final Logger log = LoggerFactory.getLogger(SmsWebhook.class);

    private final WebhookParser parser;
    private final WebhookVerifier verifier;
    private final SmsIntake intake;
    private final PublicUrls urls;
    private final int maxBody;
    private final @Nullable Time time;

    private SmsWebhook(
            Builder builder, WebhookParser parser, WebhookVerifier verifier, SmsIntake intake) {
        this.parser = parser;
        this.verifier = verifier;
        this.intake = intake;
        this.urls = new PublicUrls(builder.publicUrl, builder.trustedProxies);
        this.maxBody = builder.maxBody;
        this.time = builder.time;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Checks a request, reads it, has its events handled, and returns what to answer; never throws.
     *
     * <p>200 for what was handled now or before, 400 for what can't be read, 401 for what is not
     * genuine, 413 for what is too long, 503 for what should come again.
     */
    public WebhookResponse handle(WebhookRequest request) {
        if (request.size() > maxBody) {
            return refusal(413, "too long");
        }
        try {
            return handled(verifyAndParse(request));
        } catch (PbxAuthenticationException e) {
            log.debug("webhook {} is not genuine", request);
            return refusal(401, "not genuine");
        } catch (IllegalArgumentException e) {
            log.warn("webhook {} can't be read: {}", request, e.getMessage());
            return refusal(400, "unreadable");
        }
    }

    /**
     * Checks a request and returns its events, for those who handle them themselves; nothing is
     * remembered.
     *
     * @throws PbxAuthenticationException if it is not genuine
     * @throws IllegalArgumentException if it can't be read
     */
    public List<SmsEvent> verifyAndParse(WebhookRequest request) {
        WebhookRequest called = request.withUrl(urls.of(request));
        Instant now = time == null ? Instant.now() : time.now();
        if (!verifier.accepts(called, now)) {
            throw new PbxAuthenticationException("the webhook call is not genuine");
        }
        return parser.parse(called);
    }

    private WebhookResponse handled(List<SmsEvent> events) {
        boolean again = false;
        for (SmsEvent event : events) {
            again |= !isDone(event);
        }
        return again ? refusal(503, "come again") : parser.acknowledgement();
    }

    private boolean isDone(SmsEvent event) {
        try {
            return intake.accept(event) != SmsIntake.Outcome.IN_PROGRESS;
        } catch (RuntimeException e) {
            log.warn("{} was not handled; the provider is asked to repeat it", event, e);
            return false;
        }
    }

    private static WebhookResponse refusal(int status, String words) {
        return WebhookResponse.of(status, "text/plain", words);
    }

    /** Collects the settings of {@link SmsWebhook}; not thread-safe. */
    public static final class Builder {

        private @Nullable WebhookParser parser;
        private @Nullable WebhookVerifier verifier;
        private @Nullable SmsIntake intake;
        private Set<Address> numbers = Set.of();
        private @Nullable String publicUrl;
        private Set<String> trustedProxies = Set.of();
        private int maxBody = 10 * 1024 * 1024;
        private @Nullable Time time;

        private Builder() {}

        /** Sets who reads what is posted; needed. */
        public Builder parser(WebhookParser value) {
            this.parser = Objects.requireNonNull(value, "parser");
            return this;
        }

        /** Sets who checks that a call is genuine; this or {@link #acceptUnsigned} is needed. */
        public Builder verifier(WebhookVerifier value) {
            this.verifier = Objects.requireNonNull(value, "verifier");
            return this;
        }

        /**
         * Accepts calls that nobody signed, as those of FreePBX itself: whoever knows the URL can
         * invent texts. Let the network allow the PBX only.
         */
        public Builder acceptUnsigned() {
            return verifier((request, now) -> true);
        }

        /** Sets who handles the events; needed. */
        public Builder intake(SmsIntake value) {
            this.intake = Objects.requireNonNull(value, "intake");
            return this;
        }

        /**
         * Sets which of our numbers it brings texts for; all by default. It matters where it brings
         * texts without ids, and others lead to the same intake.
         */
        public Builder numbers(Collection<? extends Address> values) {
            this.numbers = Set.copyOf(values);
            return this;
        }

        /**
         * Sets what the provider calls, such as {@code https://clinic.example.com}, where a proxy
         * stands before the application; path and query come from the request.
         *
         * @throws IllegalArgumentException if it is not an http or https URL
         */
        public Builder publicUrl(String value) {
            if (!value.matches("https?://[^/?#]+[^?#]*")) {
                throw new IllegalArgumentException(
                        "publicUrl(...) is as in https://clinic.example.com");
            }
            this.publicUrl = value.replaceFirst("/+$", "");
            return this;
        }

        /**
         * Sets the addresses of proxies whose {@code Forwarded} and {@code X-Forwarded} headers
         * tell the public URL; none by default. Give each request its peer with {@link
         * WebhookRequest#from}.
         */
        public Builder trustedProxies(Set<String> values) {
            this.trustedProxies = Set.copyOf(values);
            return this;
        }

        /** Sets how many bytes a body may have; 10 MiB by default, for pictures. */
        public Builder maxBody(int value) {
            this.maxBody = value;
            return this;
        }

        /** Sets the clock for signatures that hold a time; the machine's by default. */
        public Builder time(Time value) {
            this.time = Objects.requireNonNull(value, "time");
            return this;
        }

        /**
         * Returns the webhook.
         *
         * @throws IllegalStateException if something is missing, or texts without ids come to the
         *     intake another way, too: each would be handled twice
         */
        public SmsWebhook build() {
            if (parser == null || intake == null) {
                throw new IllegalStateException("set parser(...) and intake(...) before build()");
            }
            if (verifier == null) {
                throw new IllegalStateException(
                        "set verifier(...), or say acceptUnsigned(): anybody could invent texts");
            }
            SmsIntake door = intake;
            parser.originWithoutIds().ifPresent(origin -> door.addDoorWithoutIds(origin, numbers));
            return new SmsWebhook(this, parser, verifier, intake);
        }
    }
}
