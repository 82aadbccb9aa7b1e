package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.PhoneNumbers;
import io.github.pbxsdk.sms.SegmentProfile;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.flowroute.FlowrouteEvents;
import io.github.pbxsdk.sms.internal.flowroute.FlowrouteJson;
import io.github.pbxsdk.sms.internal.http.Form;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.PagedList;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Flowroute, by version 2.2 of its API.
 *
 * <p>It divides texts in its own way, see {@link SegmentProfile#flowroute()}, and has no
 * idempotency key: a message of unknown outcome is looked up by recipient, sender, text and time,
 * which can't tell two equal texts of the same minutes apart. All files of a message together may
 * have 750 kB.
 */
public final class Flowroute implements SmsProvider {

    private static final String PATH = "/v2.2/messages";
    private static final String PAGE = "250";
    private static final PagedList.Layout LIST =
            new PagedList.Layout(
                    FlowrouteJson::success,
                    FlowrouteJson::messages,
                    page -> page.object("links").find("next").orElse(""));

    private final SmsOrigin origin;
    private final String baseUrl;
    private final Credentials credentials;
    private final @Nullable URI statusCallback;
    private final SmsCapabilities capabilities =
            SmsCapabilities.builder()
                    .needsSender()
                    .segmentProfile(SegmentProfile.flowroute())
                    .maxMedia(Integer.MAX_VALUE)
                    .addFeature(Feature.LOOKUP)
                    .addFeature(Feature.POLLING)
                    .addFeature(Feature.COMPLETION)
                    .addFeature(Feature.DELIVERY_REPORTS)
                    .build();

    private Flowroute(Builder builder, Credentials credentials) {
        this.origin = new SmsOrigin("flowroute", credentials.user());
        this.baseUrl = builder.baseUrl;
        this.credentials = credentials;
        this.statusCallback = builder.statusCallback;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public SmsOrigin origin() {
        return origin;
    }

    @Override
    public SmsCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public CompletableFuture<ProviderReceipt> sendAsync(
            OutgoingMessage outgoing, ProviderHttp http) {
        String json = FlowrouteJson.request(outgoing.message(), statusCallback);
        HttpRequest request =
                http.request("POST", baseUrl + PATH)
                        .credentials(credentials)
                        .body(HttpBody.text(json, "application/vnd.api+json"))
                        .build();
        return http.call(request, FlowrouteJson::receipt);
    }

    @Override
    public CompletableFuture<Optional<ProviderReceipt>> findAsync(
            OutgoingMessage outgoing, Instant since, ProviderHttp http) {
        return listAsync(since, http, json -> receipt(json, outgoing.message(), since))
                .thenApply(found -> found.stream().findFirst());
    }

    private static Optional<ProviderReceipt> receipt(
            JsonObject json, TextMessage message, Instant since) {
        return isSame(json, message, since)
                ? Optional.of(FlowrouteJson.receipt(json))
                : Optional.empty();
    }

    private static boolean isSame(JsonObject json, TextMessage message, Instant since) {
        JsonObject attributes = json.object("attributes");
        return !FlowrouteJson.isInbound(json)
                && isNumber(attributes, "to", message.to().get(0))
                && message.from().map(from -> isNumber(attributes, "from", from)).orElse(true)
                && attributes.find("body").orElse("").equals(message.text())
                && isSince(json, since);
    }

    /** Version 2.1 and 2.2 write numbers differently. */
    private static boolean isNumber(JsonObject attributes, String name, Address address) {
        return attributes
                .find(name)
                .map(PhoneNumbers.of("US")::read)
                .filter(address::equals)
                .isPresent();
    }

    private static boolean isSince(JsonObject json, Instant since) {
        return FlowrouteJson.time(json).map(time -> !time.isBefore(since)).orElse(true);
    }

    @Override
    public CompletableFuture<List<SmsEvent>> receiveAsync(Instant since, ProviderHttp http) {
        return listAsync(since, http, json -> received(json, since));
    }

    private Optional<SmsEvent> received(JsonObject json, Instant since) {
        return FlowrouteJson.isInbound(json) && isSince(json, since)
                ? Optional.of(FlowrouteEvents.listed(origin, json))
                : Optional.empty();
    }

    /** A list need not tell of files, beyond that there are some; the text by itself does. */
    @Override
    public CompletableFuture<SmsEvent> completeAsync(SmsEvent received, ProviderHttp http) {
        if (!(received instanceof MessageReceivedEvent text) || !FlowrouteEvents.lacksFiles(text)) {
            return CompletableFuture.completedFuture(received);
        }
        String id = text.message().id().orElseThrow().value();
        HttpRequest request =
                http.request("GET", baseUrl + PATH + "/" + id).credentials(credentials).build();
        return http.call(request, answer -> FlowrouteEvents.completed(text, answer));
    }

    private <T> CompletableFuture<List<T>> listAsync(
            Instant since, ProviderHttp http, Function<JsonObject, Optional<T>> reader) {
        Form query =
                new Form()
                        .add("start_date", since.truncatedTo(ChronoUnit.SECONDS).toString())
                        .add("limit", PAGE);
        return PagedList.all(http, baseUrl, credentials, LIST, PATH + "?" + query.query(), reader);
    }

    @Override
    public String toString() {
        return "Flowroute[" + origin.account() + "]";
    }

    /** Collects the settings of {@link Flowroute}; not thread-safe. */
    public static final class Builder {

        private @Nullable Credentials credentials;
        private String baseUrl = "https://api.flowroute.com";
        private @Nullable URI statusCallback;

        private Builder() {}

        /** Sets access key and secret key; needed. */
        public Builder credentials(Credentials value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Sets the server; {@code https://api.flowroute.com} by default. */
        public Builder baseUrl(String value) {
            this.baseUrl = value.replaceFirst("/+$", "");
            return this;
        }

        /** Sets where delivery reports are posted; by default what is set in the portal. */
        public Builder statusCallback(URI value) {
            this.statusCallback = Objects.requireNonNull(value, "statusCallback");
            return this;
        }

        /**
         * Returns the provider.
         *
         * @throws IllegalStateException if there are no credentials
         */
        public Flowroute build() {
            if (credentials == null) {
                throw new IllegalStateException("set credentials(...) before build()");
            }
            return new Flowroute(this, credentials);
        }
    }
}
