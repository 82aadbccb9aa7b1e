package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.http.Form;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.PagedList;
import io.github.pbxsdk.sms.internal.twilio.TwilioJson;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Twilio, and what speaks its protocol.
 *
 * <pre>{@code
 * SmsProvider twilio = TwilioSms.builder()
 *         .credentials(Credentials.of("AC0123", authToken))
 *         .build();
 * SmsProvider signalWire = TwilioSms.builder()
 *         .name("signalwire")
 *         .baseUrl("https://example.signalwire.com/api/laml")
 *         .credentials(Credentials.of(project, token))
 *         .build();
 * }</pre>
 *
 * <p>It has no idempotency key; a message of unknown outcome is looked up by recipient, sender,
 * text and time, which can't tell two equal texts of the same minutes apart.
 */
public final class TwilioSms implements SmsProvider {

    private static final int MOST_CHARACTERS = 1600;
    private static final int MOST_FILES = 10;
    private static final PagedList.Layout FILES =
            new PagedList.Layout(
                    TwilioJson::files, page -> page.objects("media_list"), TwilioSms::next);

    /** Lists may lag, and show what is a little older between what is newer. */
    private static final Duration LAG = Duration.ofHours(1);

    private final SmsOrigin origin;
    private final String baseUrl;
    private final String host;
    private final Credentials credentials;
    private final @Nullable String messagingService;
    private final @Nullable URI statusCallback;
    private final SmsCapabilities capabilities;

    private TwilioSms(Builder builder, Credentials credentials) {
        String account = builder.account == null ? credentials.user() : builder.account;
        this.origin = new SmsOrigin(builder.name, account);
        this.baseUrl = builder.baseUrl;
        this.host = builder.baseUrl.replaceFirst("^(https?://[^/]+).*", "$1");
        this.credentials = credentials;
        this.messagingService = builder.messagingService;
        this.statusCallback = builder.statusCallback;
        this.capabilities = capabilities(builder.messagingService != null);
    }

    private static SmsCapabilities capabilities(boolean hasService) {
        SmsCapabilities.Builder builder =
                SmsCapabilities.builder()
                        .senders(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SENDER_NAME)
                        .maxCharacters(MOST_CHARACTERS)
                        .maxMedia(MOST_FILES)
                        .addFeature(Feature.VALIDITY)
                        .addFeature(Feature.LOOKUP)
                        .addFeature(Feature.BALANCE)
                        .addFeature(Feature.POLLING)
                        .addFeature(Feature.COMPLETION)
                        .addFeature(Feature.DELIVERY_REPORTS);
        return (hasService ? builder.addFeature(Feature.SCHEDULE) : builder.needsSender()).build();
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
        HttpRequest request =
                http.request("POST", resource("Messages.json"))
                        .credentials(credentials)
                        .body(form(outgoing.message()).body())
                        .build();
        return http.call(request, TwilioJson::receipt);
    }

    private Form form(TextMessage message) {
        Form form = new Form().add("To", message.to().get(0).text());
        message.from().ifPresent(from -> form.add("From", from.text()));
        if (messagingService != null) {
            form.add("MessagingServiceSid", messagingService);
        }
        if (!message.text().isEmpty()) {
            form.add("Body", message.text());
        }
        message.media()
                .forEach(item -> item.url().ifPresent(url -> form.add("MediaUrl", url.toString())));
        message.validFor().ifPresent(time -> form.add("ValidityPeriod", "" + time.toSeconds()));
        message.scheduledAt()
                .ifPresent(at -> form.add("ScheduleType", "fixed").add("SendAt", at.toString()));
        if (statusCallback != null) {
            form.add("StatusCallback", statusCallback.toString());
        }
        return form;
    }

    private String resource(String name) {
        return baseUrl + "/2010-04-01/Accounts/" + origin.account() + "/" + name;
    }

    @Override
    public CompletableFuture<Optional<ProviderReceipt>> findAsync(
            OutgoingMessage outgoing, Instant since, ProviderHttp http) {
        TextMessage message = outgoing.message();
        Form query = new Form().add("To", outgoing.to().text());
        message.from().map(Address::text).ifPresent(from -> query.add("From", from));
        return list(query, since, http, json -> receipt(json, message.text(), since))
                .thenApply(found -> found.stream().findFirst());
    }

    private static Optional<ProviderReceipt> receipt(JsonObject json, String text, Instant since) {
        return isSame(json, text, since) ? TwilioJson.receipt(json) : Optional.empty();
    }

    private static boolean isSame(JsonObject json, String text, Instant since) {
        return !TwilioJson.isInbound(json)
                && json.find("body").orElse("").equals(text)
                && isSince(json, since);
    }

    @Override
    public CompletableFuture<Balance> balanceAsync(ProviderHttp http) {
        HttpRequest request =
                http.request("GET", resource("Balance.json")).credentials(credentials).build();
        return http.call(
                request,
                answer -> {
                    JsonObject json = TwilioJson.success(answer);
                    try {
                        return Balance.money(
                                new BigDecimal(json.find("balance").orElse("")),
                                json.find("currency").orElse(""));
                    } catch (NumberFormatException e) {
                        throw answer.unreadable("a balance that is no number");
                    }
                });
    }

    @Override
    public CompletableFuture<List<SmsEvent>> receiveAsync(Instant since, ProviderHttp http) {
        return list(new Form(), since, http, json -> received(json, since));
    }

    private Optional<SmsEvent> received(JsonObject json, Instant since) {
        return TwilioJson.isInbound(json) && isSince(json, since)
                ? Optional.of(TwilioJson.received(origin, json))
                : Optional.empty();
    }

    private static boolean isSince(JsonObject json, Instant since) {
        return TwilioJson.time(json).map(time -> !time.isBefore(since)).orElse(true);
    }

    /** The filter knows days only, and a day can be long: what follows an older page isn't read. */
    private <T> CompletableFuture<List<T>> list(
            Form query,
            Instant since,
            ProviderHttp http,
            Function<JsonObject, Optional<T>> reader) {
        LocalDate day = since.atOffset(ZoneOffset.UTC).toLocalDate();
        query.add("DateSent>", day.toString()).add("PageSize", "1000");
        Instant oldest = since.minus(LAG);
        PagedList.Layout newestFirst =
                new PagedList.Layout(
                        TwilioJson::success,
                        page -> page.objects("messages"),
                        page -> TwilioJson.isBehind(page, oldest) ? "" : next(page));
        String target = target("Messages.json") + "?" + query.query();
        return PagedList.all(http, host, credentials, newestFirst, target, reader);
    }

    private String target(String name) {
        return resource(name).substring(host.length());
    }

    private static String next(JsonObject page) {
        return page.find("next_page_uri").orElse("");
    }

    /** The list of texts says how many files there are; another one, which. */
    @Override
    public CompletableFuture<SmsEvent> completeAsync(SmsEvent received, ProviderHttp http) {
        if (!(received instanceof MessageReceivedEvent text) || !TwilioJson.mayLackFiles(text)) {
            return CompletableFuture.completedFuture(received);
        }
        String files = "Messages/" + text.message().id().orElseThrow().value() + "/Media";
        return PagedList.all(http, host, credentials, FILES, target(files + ".json"), Optional::of)
                .thenApply(found -> TwilioJson.withFiles(text, resource(files), found));
    }

    @Override
    public String toString() {
        return "TwilioSms[" + origin.provider() + " " + origin.account() + "]";
    }

    /** Collects the settings of {@link TwilioSms}; not thread-safe. */
    public static final class Builder {

        private String name = "twilio";
        private String baseUrl = "https://api.twilio.com";
        private @Nullable String account;
        private @Nullable Credentials credentials;
        private @Nullable String messagingService;
        private @Nullable URI statusCallback;

        private Builder() {}

        /** Sets account SID and auth token, or an API key and its secret; needed. */
        public Builder credentials(Credentials value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Sets the account SID, needed with an API key; the user of the credentials by default. */
        public Builder account(String value) {
            this.account = Objects.requireNonNull(value, "account");
            return this;
        }

        /** Sets the server; {@code https://api.twilio.com} by default. */
        public Builder baseUrl(String value) {
            this.baseUrl = value.replaceFirst("/+$", "");
            return this;
        }

        /** Sets the name in events and keys; {@code twilio} by default. */
        public Builder name(String value) {
            this.name = Objects.requireNonNull(value, "name");
            return this;
        }

        /** Sets the messaging service ({@code MG…}) that chooses the sender; it can schedule. */
        public Builder messagingService(String value) {
            this.messagingService = Objects.requireNonNull(value, "messagingService");
            return this;
        }

        /** Sets where delivery reports are posted; by default what is set in the console. */
        public Builder statusCallback(URI value) {
            this.statusCallback = Objects.requireNonNull(value, "statusCallback");
            return this;
        }

        /**
         * Returns the provider.
         *
         * @throws IllegalStateException if there are no credentials
         */
        public TwilioSms build() {
            if (credentials == null) {
                throw new IllegalStateException("set credentials(...) before build()");
            }
            return new TwilioSms(this, credentials);
        }
    }
}
