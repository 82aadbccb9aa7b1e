package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SegmentProfile;
import io.github.pbxsdk.sms.SmsSegments;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a provider can do, and how much.
 *
 * <p>What is not declared is refused before anything is sent, so nothing is dropped or cut in
 * silence. Immutable.
 */
public final class SmsCapabilities {

    private final Set<Feature> features;
    private final Set<Kind> recipients;
    private final Set<Kind> senders;
    private final boolean senderNeeded;
    private final SegmentProfile profile;
    private final int maxCharacters;
    private final int maxSegments;
    private final int maxReference;
    private final int maxMedia;

    private SmsCapabilities(Builder builder) {
        this.features = Collections.unmodifiableSet(EnumSet.copyOf(builder.features));
        this.recipients = Collections.unmodifiableSet(EnumSet.copyOf(builder.recipients));
        this.senders = Collections.unmodifiableSet(EnumSet.copyOf(builder.senders));
        this.senderNeeded = builder.senderNeeded;
        this.profile = builder.profile;
        this.maxCharacters = builder.maxCharacters;
        this.maxSegments = builder.maxSegments;
        this.maxReference = builder.maxReference;
        this.maxMedia = builder.maxMedia;
    }

    /** Returns a builder; by default texts of any length go from numbers to numbers. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns what it can do beyond sending a text. */
    public Set<Feature> features() {
        return features;
    }

    /** Tells whether it can do something. */
    public boolean can(Feature feature) {
        return features.contains(feature);
    }

    /** Returns how it divides long texts. */
    public SegmentProfile segmentProfile() {
        return profile;
    }

    /** Returns how many characters a reference may have; 0 if none travels along. */
    public int maxReference() {
        return maxReference;
    }

    /** Returns how many files a message may have; 0 if it carries none. */
    public int maxMedia() {
        return maxMedia;
    }

    /**
     * Returns why a message can't be sent, in a sentence, or nothing if it can.
     *
     * <p>The sentence names no whole number and no part of the text.
     */
    public Optional<String> objection(TextMessage message) {
        return Stream.of(
                        objectionToDirection(message),
                        objectionToRecipient(message),
                        objectionToSender(message.from().orElse(null)),
                        objectionToText(message.text()),
                        objectionToReference(message.reference().orElse("")),
                        objectionToMedia(message),
                        objectionToTiming(message),
                        unless(
                                message.attributes().isEmpty() || can(Feature.ATTRIBUTES),
                                () -> "nothing can travel along; leave out attributes(...)"))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static @Nullable String objectionToDirection(TextMessage message) {
        return unless(
                message.direction() == TextMessage.Direction.OUTBOUND,
                () -> "it is a message that was received; make an answer with reply(...)");
    }

    private @Nullable String objectionToRecipient(TextMessage message) {
        if (message.to().size() != 1) {
            return "it has " + message.to().size() + " recipients instead of one; send it to each";
        }
        Address to = message.to().get(0);
        return unless(recipients.contains(to.kind()), () -> objectionTo(to));
    }

    private static String objectionTo(Address to) {
        String hint =
                to.kind() == Kind.UNPARSED
                        ? "; begin the number with +, or say with region(...), in settings with"
                                + " SMS_REGION, how people write them"
                        : "";
        return "no text can be sent to " + to.masked() + " (" + to.kind() + ")" + hint;
    }

    private @Nullable String objectionToSender(@Nullable Address from) {
        if (from == null) {
            return unless(
                    !senderNeeded,
                    () ->
                            "it has no sender; set from(...) of the text, or for all of them"
                                    + " sender(...) of the client, in settings SMS_SENDER_ID");
        }
        return unless(
                senders.contains(from.kind()), () -> "it can't be sent from a " + from.kind());
    }

    private @Nullable String objectionToText(String text) {
        if (text.length() > maxCharacters) {
            return "its text has "
                    + text.length()
                    + " characters, at most "
                    + maxCharacters
                    + " are possible";
        }
        if (maxSegments == Integer.MAX_VALUE) {
            return null;
        }
        int count = SmsSegments.of(text, profile).count();
        return unless(
                count <= maxSegments,
                () ->
                        "its text takes "
                                + count
                                + " messages, at most "
                                + maxSegments
                                + " are possible");
    }

    private @Nullable String objectionToReference(String reference) {
        return unless(
                maxReference == 0 || reference.length() <= maxReference,
                () -> "its reference has more than " + maxReference + " characters");
    }

    private @Nullable String objectionToMedia(TextMessage message) {
        if (message.media().size() > maxMedia) {
            return maxMedia == 0
                    ? "no files can be sent"
                    : "it has more than " + maxMedia + " files";
        }
        return unless(
                can(Feature.ATTACHMENTS)
                        || message.media().stream()
                                .map(MediaItem::url)
                                .allMatch(Optional::isPresent),
                () -> "its files need public URLs: the provider fetches them");
    }

    private @Nullable String objectionToTiming(TextMessage message) {
        if (message.scheduledAt().isPresent() && !can(Feature.SCHEDULE)) {
            return "sending later is not possible; leave out scheduledAt(...)";
        }
        return unless(
                message.validFor().isEmpty() || can(Feature.VALIDITY),
                () -> "limiting its validity is not possible; leave out validFor(...)");
    }

    private static @Nullable String unless(boolean good, Supplier<String> objection) {
        return good ? null : objection.get();
    }

    @Override
    public String toString() {
        return "SmsCapabilities" + features.toString().toLowerCase(Locale.ROOT);
    }

    /** What a provider can do beyond sending a text. */
    public enum Feature {
        /** Send at a given time. */
        SCHEDULE,
        /** Drop what could not be delivered in time. */
        VALIDITY,
        /** Say whether a message of which nothing is known was sent. */
        LOOKUP,
        /** Say what is left on the account. */
        BALANCE,
        /** List what has come. */
        POLLING,
        /** Keep what has come until it is confirmed. */
        CONFIRMATION,
        /** Tell what its list of what has come leaves out. */
        COMPLETION,
        /** Count what is unread. */
        UNREAD_COUNT,
        /** Report how far a message has come. */
        DELIVERY_REPORTS,
        /** Let named values travel along. */
        ATTRIBUTES,
        /** Carry files that have no public URL. */
        ATTACHMENTS
    }

    /** Collects {@link SmsCapabilities}; not thread-safe. */
    public static final class Builder {

        private final EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
        private EnumSet<Kind> recipients = EnumSet.of(Kind.PHONE_NUMBER);
        private EnumSet<Kind> senders = EnumSet.of(Kind.PHONE_NUMBER);
        private boolean senderNeeded;
        private SegmentProfile profile = SegmentProfile.standard();
        private int maxCharacters = Integer.MAX_VALUE;
        private int maxSegments = Integer.MAX_VALUE;
        private int maxReference;
        private int maxMedia;

        private Builder() {}

        /** Adds something it can do. */
        public Builder addFeature(Feature value) {
            features.add(value);
            return this;
        }

        /** Sets the kinds of address it sends to; numbers by default. */
        public Builder recipients(Kind first, Kind... others) {
            this.recipients = EnumSet.of(first, others);
            return this;
        }

        /** Sets the kinds of address it sends from; numbers by default. */
        public Builder senders(Kind first, Kind... others) {
            this.senders = EnumSet.of(first, others);
            return this;
        }

        /** Says that it sends nothing without a sender. */
        public Builder needsSender() {
            this.senderNeeded = true;
            return this;
        }

        /** Sets how it divides long texts; {@link SegmentProfile#standard()} by default. */
        public Builder segmentProfile(SegmentProfile value) {
            this.profile = Objects.requireNonNull(value, "segmentProfile");
            return this;
        }

        /** Sets how many characters a text may have; any number by default. */
        public Builder maxCharacters(int value) {
            this.maxCharacters = value;
            return this;
        }

        /** Sets how many messages on the air a text may take; any number by default. */
        public Builder maxSegments(int value) {
            this.maxSegments = value;
            return this;
        }

        /** Sets how many characters a reference may have; by default it carries none. */
        public Builder maxReference(int value) {
            this.maxReference = value;
            return this;
        }

        /** Sets how many files a message may have; by default none. */
        public Builder maxMedia(int value) {
            this.maxMedia = value;
            return this;
        }

        /** Returns the capabilities. */
        public SmsCapabilities build() {
            return new SmsCapabilities(this);
        }
    }
}
