package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.ExtensionNumber;
import io.github.pbxsdk.core.message.PhoneNumber;
import io.github.pbxsdk.core.message.ShortCode;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.internal.text.NumberPlans;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the house for outgoing texts: to which countries, how many, and when.
 *
 * <pre>{@code
 * SendPolicy policy = SendPolicy.builder()
 *         .countries("AU", "NZ")
 *         .recipientLimit(5)                       // texts a day
 *         .tenant("clinic-7", 2000)
 *         .quietHours(LocalTime.of(21, 0), LocalTime.of(8, 0), ZoneId.of("Australia/Sydney"))
 *         .build();
 * }</pre>
 *
 * <p>Emergency and premium numbers are refused by every policy. A client that has one asks it
 * before a text leaves, once for each text whatever the number of attempts, and counts in its
 * store: clients that share the store share the limits. What is refused was not sent: a {@link
 * SmsRejectedException} of kind {@code POLICY} with the {@link Refusal} as its provider code, or an
 * outcome of a bulk. A text that must go out all the same goes through a client without the policy.
 * Immutable.
 */
public final class SendPolicy {

    private final Set<String> countries;
    private final int recipientLimit;
    private final int senderLimit;
    private final int tenantLimit;
    private final String tenant;
    private final @Nullable LocalTime quietFrom;
    private final @Nullable LocalTime quietUntil;
    private final ZoneId zone;

    private SendPolicy(Builder builder) {
        this.countries = Set.copyOf(builder.countries);
        this.recipientLimit = builder.recipientLimit;
        this.senderLimit = builder.senderLimit;
        this.tenantLimit = builder.tenantLimit;
        this.tenant = builder.tenant;
        this.quietFrom = builder.quietFrom;
        this.quietUntil = builder.quietUntil;
        this.zone = builder.zone;
    }

    /** Returns a builder; without a setting only emergency and premium numbers are refused. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns why a text is refused, limits apart, or nothing if it isn't.
     *
     * @param now when it is sent, unless the text says when
     */
    public Optional<Refusal> refusal(TextMessage message, Instant now) {
        for (Address to : message.to()) {
            Optional<Refusal> refusal = refusal(to);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        LocalTime time = LocalTime.ofInstant(sentAt(message, now), zone);
        return isQuiet(time) ? Optional.of(Refusal.QUIET_HOURS) : Optional.empty();
    }

    private Optional<Refusal> refusal(Address to) {
        if (NumberPlans.isEmergency(to, countries)) {
            return Optional.of(Refusal.EMERGENCY_NUMBER);
        }
        if (NumberPlans.isPremium(to, countries)) {
            return Optional.of(Refusal.PREMIUM_NUMBER);
        }
        boolean elsewhere = !countries.isEmpty() && !isOfAllowedCountry(to);
        return elsewhere ? Optional.of(Refusal.COUNTRY) : Optional.empty();
    }

    /** What belongs to the PBX belongs to no country. */
    private boolean isOfAllowedCountry(Address to) {
        if (to instanceof PhoneNumber number) {
            return NumberPlans.country(number).filter(countries::contains).isPresent();
        }
        if (to instanceof ShortCode code) {
            return code.country().filter(countries::contains).isPresent();
        }
        return to instanceof ExtensionNumber || to.kind() == Address.Kind.SIP_URI;
    }

    private boolean isQuiet(LocalTime time) {
        if (quietFrom == null || quietUntil == null) {
            return false;
        }
        boolean afterBegin = !time.isBefore(quietFrom);
        boolean beforeEnd = time.isBefore(quietUntil);
        boolean overMidnight = quietUntil.isBefore(quietFrom);
        return overMidnight ? afterBegin || beforeEnd : afterBegin && beforeEnd;
    }

    private static Instant sentAt(TextMessage message, Instant now) {
        return message.scheduledAt().filter(later -> later.isAfter(now)).orElse(now);
    }

    /** Returns the day on which a text counts. */
    LocalDate dayOf(TextMessage message, Instant now) {
        return LocalDate.ofInstant(sentAt(message, now), zone);
    }

    int recipientLimit() {
        return recipientLimit;
    }

    int senderLimit() {
        return senderLimit;
    }

    int tenantLimit() {
        return tenantLimit;
    }

    /** Returns for whom texts are sent; an empty text if nobody said. */
    public String tenant() {
        return tenant;
    }

    @Override
    public String toString() {
        return "SendPolicy[countries " + new TreeSet<>(countries) + ", tenant " + tenant + "]";
    }

    /** Why a policy refuses a text. */
    public enum Refusal {
        /** The recipient's country is not allowed, or unknown. */
        COUNTRY(false, "its country is not allowed"),
        /** It is the number of an emergency service. */
        EMERGENCY_NUMBER(false, "it is an emergency number"),
        /** It is a number that costs extra. */
        PREMIUM_NUMBER(false, "it is a premium number"),
        /** It is night; another time is good. */
        QUIET_HOURS(true, "these are quiet hours"),
        /** The recipient has had as many texts as he may have in a day. */
        RECIPIENT_LIMIT(true, "the recipient has had all texts of the day"),
        /** The sender has sent as many texts as it may in a day. */
        SENDER_LIMIT(true, "the sender has sent all texts of the day"),
        /** The tenant has sent as many texts as it may in a day. */
        TENANT_LIMIT(true, "the tenant has sent all texts of the day");

        private final boolean passing;
        private final String words;

        Refusal(boolean passing, String words) {
            this.passing = passing;
            this.words = words;
        }

        /** Tells whether the same text may pass at another time. */
        public boolean isPassing() {
            return passing;
        }

        String words() {
            return words;
        }
    }

    /** Collects the rules of a {@link SendPolicy}; not thread-safe. */
    public static final class Builder {

        private final Set<String> countries = new TreeSet<>();
        private int recipientLimit = Integer.MAX_VALUE;
        private int senderLimit = Integer.MAX_VALUE;
        private int tenantLimit = Integer.MAX_VALUE;
        private String tenant = "";
        private @Nullable LocalTime quietFrom;
        private @Nullable LocalTime quietUntil;
        private ZoneId zone = ZoneOffset.UTC;

        private Builder() {}

        /**
         * Sets the only countries that texts may go to; all by default.
         *
         * @throws IllegalArgumentException if one is not a country in two letters
         */
        public Builder countries(String... values) {
            countries.clear();
            Arrays.stream(values)
                    .map(PhoneNumbers::of)
                    .forEach(each -> countries.add(each.region()));
            return this;
        }

        /** Sets how many texts a recipient may have in a day; any number by default. */
        public Builder recipientLimit(int value) {
            this.recipientLimit = positive("recipientLimit", value);
            return this;
        }

        /** Sets how many texts each sender may send in a day; any number by default. */
        public Builder senderLimit(int value) {
            this.senderLimit = positive("senderLimit", value);
            return this;
        }

        /**
         * Says for whom texts are sent, for counting; all limits hold for each tenant by itself.
         *
         * @param name a name from a small set, since metrics have it as a tag
         * @param limit how many texts the tenant may send in a day
         */
        public Builder tenant(String name, int limit) {
            this.tenant = Objects.requireNonNull(name, "name");
            this.tenantLimit = positive("the limit of a tenant", limit);
            return this;
        }

        /**
         * Sets when no text is sent, by the clocks of a place; the same place tells when a day
         * begins.
         *
         * @throws IllegalArgumentException if both times are the same
         */
        public Builder quietHours(LocalTime from, LocalTime until, ZoneId place) {
            if (from.equals(until)) {
                throw new IllegalArgumentException("quiet hours begin and end at " + from);
            }
            this.quietFrom = from;
            this.quietUntil = until;
            return zone(place);
        }

        /** Sets by which clocks a day begins; UTC by default. */
        public Builder zone(ZoneId value) {
            this.zone = Objects.requireNonNull(value, "zone");
            return this;
        }

        private static int positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be positive, not " + value);
            }
            return value;
        }

        /** Returns the policy. */
        public SendPolicy build() {
            return new SendPolicy(this);
        }
    }
}
