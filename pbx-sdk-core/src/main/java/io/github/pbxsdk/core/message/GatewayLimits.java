package io.github.pbxsdk.core.message;

import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MessageGateway} can carry.
 *
 * <p>By default that is little: a text of any length from anybody to one recipient of any kind.
 * What a gateway does not declare it refuses, so nothing is dropped on the way in silence.
 * Immutable.
 */
public final class GatewayLimits {

    private static final String RECEIVED =
            "it is a message that was received; make an answer with reply(...)";

    private final int maxTextBytes;
    private final int maxRecipients;
    private final Set<Kind> recipientKinds;
    private final Set<String> mediaTypes;
    private final Set<Feature> features;

    private GatewayLimits(Builder builder) {
        this.maxTextBytes = builder.maxTextBytes;
        this.maxRecipients = builder.maxRecipients;
        this.recipientKinds = Collections.unmodifiableSet(EnumSet.copyOf(builder.recipientKinds));
        this.mediaTypes = Collections.unmodifiableSet(new LinkedHashSet<>(builder.mediaTypes));
        this.features = Collections.unmodifiableSet(EnumSet.copyOf(builder.features));
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns how many bytes the text may have in UTF-8, if that is limited. */
    public OptionalInt maxTextBytes() {
        return maxTextBytes < 0 ? OptionalInt.empty() : OptionalInt.of(maxTextBytes);
    }

    /** Returns how many recipients one message may have. */
    public int maxRecipients() {
        return maxRecipients;
    }

    /** Returns the kinds of address that can be sent to. */
    public Set<Kind> recipientKinds() {
        return recipientKinds;
    }

    /** Returns the types of file that can be sent, such as {@code image/*}; none by default. */
    public Set<String> mediaTypes() {
        return mediaTypes;
    }

    /** Returns what else it can do, or needs. */
    public Set<Feature> features() {
        return features;
    }

    /**
     * Returns why a message can't be sent by this gateway, in a sentence, or nothing if it can.
     *
     * <p>The sentence names no whole number and no part of the text.
     */
    public Optional<String> objection(TextMessage message) {
        return Stream.of(
                        unless(message.direction() == Direction.OUTBOUND, RECEIVED),
                        objectionToRecipients(message),
                        objectionToText(message.text()),
                        objectionToMedia(message),
                        objectionToFeatures(message))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /**
     * Checks that a message can be sent by this gateway.
     *
     * @throws IllegalArgumentException if it can't, with the {@link #objection}
     */
    public void check(TextMessage message) {
        objection(message)
                .ifPresent(
                        reason -> {
                            throw new IllegalArgumentException(
                                    "this gateway can't send " + message + ": " + reason);
                        });
    }

    private @Nullable String objectionToRecipients(TextMessage message) {
        int count = message.to().size();
        if (count == 0) {
            return "it has no recipient";
        }
        if (count > maxRecipients) {
            return "it has "
                    + count
                    + " recipients, and at most "
                    + maxRecipients
                    + " are possible";
        }
        return message.to().stream()
                .filter(address -> !recipientKinds.contains(address.kind()))
                .findFirst()
                .map(GatewayLimits::wrongKind)
                .orElse(null);
    }

    private static String wrongKind(Address address) {
        return "no message can be sent to " + address.masked() + " (" + address.kind() + ")";
    }

    private @Nullable String objectionToText(String text) {
        if (maxTextBytes < 0) {
            return null;
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return unless(
                bytes <= maxTextBytes,
                "its text has " + bytes + " bytes, and at most " + maxTextBytes + " are possible");
    }

    private @Nullable String objectionToMedia(TextMessage message) {
        return message.media().stream()
                .filter(item -> !accepts(item.contentType().orElse("*/*")))
                .findFirst()
                .map(item -> "no file of this type can be sent: " + item)
                .orElse(null);
    }

    private boolean accepts(String contentType) {
        String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return mediaTypes.contains("*/*")
                || mediaTypes.contains(type)
                || mediaTypes.contains(type.replaceFirst("/.*", "/*"));
    }

    private @Nullable String objectionToFeatures(TextMessage message) {
        if (features.contains(Feature.NEEDS_SENDER) && message.from().isEmpty()) {
            return "it has no sender; set from(...)";
        }
        if (message.scheduledAt().isPresent() && !features.contains(Feature.SCHEDULE)) {
            return "sending later is not possible; leave out scheduledAt(...)";
        }
        if (message.validFor().isPresent() && !features.contains(Feature.VALIDITY)) {
            return "limiting its validity is not possible; leave out validFor(...)";
        }
        return unless(
                message.attributes().isEmpty() || features.contains(Feature.ATTRIBUTES),
                "nothing can travel along; leave out attributes(...)");
    }

    private static @Nullable String unless(boolean good, String objection) {
        return good ? null : objection;
    }

    @Override
    public String toString() {
        return ("GatewayLimits[" + (maxTextBytes < 0 ? "any number of" : maxTextBytes) + " bytes")
                + (" to " + maxRecipients + " of " + recipientKinds)
                + (", files " + mediaTypes + ", " + features + "]");
    }

    /** What a gateway can do beyond sending a plain text, or needs for it. */
    public enum Feature {
        /** It receives texts; without this a listener would wait for ever. */
        RECEIVE,
        /** It sends nothing without a sender. */
        NEEDS_SENDER,
        /** It sends at a given time. */
        SCHEDULE,
        /** It drops what could not be delivered in time. */
        VALIDITY,
        /** It lets named values travel along, such as SIP headers. */
        ATTRIBUTES
    }

    /** Collects {@link GatewayLimits}; not thread-safe. */
    public static final class Builder {

        private int maxTextBytes = -1;
        private int maxRecipients = 1;
        private final Set<Kind> recipientKinds = EnumSet.allOf(Kind.class);
        private final Set<String> mediaTypes = new LinkedHashSet<>();
        private final Set<Feature> features = EnumSet.noneOf(Feature.class);

        private Builder() {
            recipientKinds.remove(Kind.SENDER_NAME);
        }

        /** Sets how many bytes the text may have in UTF-8; unlimited by default. */
        public Builder maxTextBytes(int value) {
            this.maxTextBytes = requirePositive(value, "maxTextBytes");
            return this;
        }

        /** Sets how many recipients one message may have; 1 by default. */
        public Builder maxRecipients(int value) {
            this.maxRecipients = requirePositive(value, "maxRecipients");
            return this;
        }

        /** Sets the kinds of address that can be sent to; all but sender names by default. */
        public Builder recipientKinds(Kind first, Kind... others) {
            recipientKinds.clear();
            recipientKinds.addAll(EnumSet.of(first, others));
            return this;
        }

        /**
         * Sets the types of file that can be sent: {@code image/jpeg}, {@code image/*} or {@code
         * *}{@code /*}. None by default.
         */
        public Builder mediaTypes(Collection<String> values) {
            mediaTypes.clear();
            values.forEach(value -> mediaTypes.add(value.toLowerCase(Locale.ROOT)));
            return this;
        }

        /** Adds something it can do or needs; nothing by default. */
        public Builder addFeature(Feature value) {
            features.add(value);
            return this;
        }

        /** Returns the limits. */
        public GatewayLimits build() {
            return new GatewayLimits(this);
        }

        private static int requirePositive(int value, String name) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be at least 1, not " + value);
            }
            return value;
        }
    }
}
