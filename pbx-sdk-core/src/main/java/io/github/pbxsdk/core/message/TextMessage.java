package io.github.pbxsdk.core.message;

import io.github.pbxsdk.core.RawFields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A text, sent or received by any road: SMS, SIP, AMI or ARI.
 *
 * <pre>{@code
 * TextMessage reminder = TextMessage.to(Address.phone("+61491570156"))
 *         .from(Address.senderName("MyClinic"))
 *         .text("See you tomorrow at 3 pm. Reply C to cancel.")
 *         .reference("appointment-1214")
 *         .build();
 *
 * TextMessage answer = received.reply("We have noted it.").build();
 * }</pre>
 *
 * <p>A received message keeps whatever the peer sent, odd senders and broken characters included,
 * and {@link #raw()} keeps the rest. One that is to be sent is checked when it is built, and again
 * by the road that takes it. Immutable.
 */
public final class TextMessage {

    private final Direction direction;
    private final @Nullable MessageId id;
    private final @Nullable Address from;
    private final List<Address> to;
    private final String text;
    private final List<MediaItem> media;
    private final @Nullable String reference;
    private final @Nullable MessageId inReplyTo;
    private final @Nullable String thread;
    private final @Nullable String via;
    private final @Nullable Instant scheduledAt;
    private final @Nullable Duration validFor;
    private final @Nullable Instant sentAt;
    private final @Nullable Instant receivedAt;
    private final Map<String, String> attributes;
    private final RawFields raw;

    private TextMessage(Builder builder) {
        this.direction = builder.direction;
        this.id = builder.id;
        this.from = builder.from;
        this.to = List.copyOf(builder.to);
        this.text = Objects.requireNonNullElse(builder.text, "");
        this.media = List.copyOf(builder.media);
        this.reference = builder.reference;
        this.inReplyTo = builder.inReplyTo;
        this.thread = builder.thread;
        this.via = builder.via;
        this.scheduledAt = builder.scheduledAt;
        this.validFor = builder.validFor;
        this.sentAt = builder.sentAt;
        this.receivedAt = builder.receivedAt;
        this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.attributes));
        this.raw = builder.raw;
    }

    /** Returns a builder of a message to send to somebody, or to several as one group. */
    public static Builder to(Address first, Address... others) {
        Builder builder = builder(Direction.OUTBOUND).addTo(first);
        for (Address other : others) {
            builder.addTo(other);
        }
        return builder;
    }

    /** Returns a builder of a message, for those who bring a road or a history of their own. */
    public static Builder builder(Direction direction) {
        return new Builder(direction);
    }

    /** Returns a builder that has everything this message has. */
    public Builder toBuilder() {
        Builder builder = new Builder(direction);
        builder.id = id;
        builder.from = from;
        builder.to.addAll(to);
        builder.text = text;
        builder.media.addAll(media);
        builder.reference = reference;
        builder.inReplyTo = inReplyTo;
        builder.thread = thread;
        builder.via = via;
        builder.scheduledAt = scheduledAt;
        builder.validFor = validFor;
        builder.sentAt = sentAt;
        builder.receivedAt = receivedAt;
        builder.attributes.putAll(attributes);
        builder.raw = raw;
        return builder;
    }

    /**
     * Returns a builder of the answer to this received message: to its sender, from the address it
     * came to, where that is a single one.
     *
     * @throws IllegalStateException if this message was sent by us, or has no sender that could be
     *     answered
     */
    public Builder reply(String answer) {
        if (direction != Direction.INBOUND) {
            throw new IllegalStateException("only a received message can be answered");
        }
        if (from == null || from instanceof SenderName) {
            throw new IllegalStateException(
                    "this message can't be answered: it comes from "
                            + (from == null ? "nobody" : "a name, not a number"));
        }
        Builder builder = to(from).text(answer);
        if (to.size() == 1) {
            builder.from(to.get(0));
        }
        builder.inReplyTo = id;
        builder.thread = thread;
        return builder;
    }

    /** Returns whether we received it or send it. */
    public Direction direction() {
        return direction;
    }

    /** Returns the peer's id, on roads that give one. */
    public Optional<MessageId> id() {
        return Optional.ofNullable(id);
    }

    /** Returns the sender; empty when the road chooses it or the peer did not tell. */
    public Optional<Address> from() {
        return Optional.ofNullable(from);
    }

    /** Returns the recipients: one, or several of a group, or none when the peer did not tell. */
    public List<Address> to() {
        return to;
    }

    /** Returns the text, which is empty in a message of pictures only. */
    public String text() {
        return text;
    }

    /** Returns pictures and other files. */
    public List<MediaItem> media() {
        return media;
    }

    /** Returns the caller's own reference, which comes back in reports on roads that carry it. */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /** Returns which message this one answers, if somebody told. */
    public Optional<MessageId> inReplyTo() {
        return Optional.ofNullable(inReplyTo);
    }

    /** Returns the peer's own name for the conversation, if it has one. */
    public Optional<String> thread() {
        return Optional.ofNullable(thread);
    }

    /** Returns the name of the gateway or account by which it came or went. */
    public Optional<String> via() {
        return Optional.ofNullable(via);
    }

    /** Returns when it is to be sent, if not at once. */
    public Optional<Instant> scheduledAt() {
        return Optional.ofNullable(scheduledAt);
    }

    /** Returns for how long it is worth delivering, if that is limited. */
    public Optional<Duration> validFor() {
        return Optional.ofNullable(validFor);
    }

    /** Returns when it was sent by the clock of the peer, if it told. */
    public Optional<Instant> sentAt() {
        return Optional.ofNullable(sentAt);
    }

    /** Returns when it reached us, by our clock. */
    public Optional<Instant> receivedAt() {
        return Optional.ofNullable(receivedAt);
    }

    /**
     * Returns what travels along with the text, in order: SIP headers, variables of AMI and ARI,
     * metadata of a provider. A road without such a thing refuses the message.
     */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** Returns everything the peer sent. It is never sent on. */
    public RawFields raw() {
        return raw;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextMessage that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        List<@Nullable Object> parts = new ArrayList<>();
        Collections.addAll(parts, direction, id, from, to, text, media, reference, inReplyTo);
        Collections.addAll(parts, thread, via, scheduledAt, validFor, sentAt, receivedAt);
        Collections.addAll(parts, attributes, raw);
        return parts;
    }

    /** Returns who and how much, with numbers shortened and without the text. */
    @Override
    public String toString() {
        return ("TextMessage[" + direction + (id == null ? "" : " " + id))
                + (from == null ? "" : " from " + from.masked())
                + (to.isEmpty() ? "" : " to " + maskedRecipients())
                + (", " + text.length() + " characters")
                + (media.isEmpty() ? "" : ", " + media.size() + " files")
                + "]";
    }

    private String maskedRecipients() {
        return to.stream().map(Address::masked).collect(Collectors.joining(", "));
    }

    /** Which way a message goes. */
    public enum Direction {
        /** We received it. */
        INBOUND,
        /** We send it, or have sent it. */
        OUTBOUND
    }

    /** Collects the parts of a {@link TextMessage}; not thread-safe. */
    public static final class Builder {

        private final Direction direction;
        private @Nullable MessageId id;
        private @Nullable Address from;
        private final List<Address> to = new ArrayList<>();
        private @Nullable String text;
        private final List<MediaItem> media = new ArrayList<>();
        private @Nullable String reference;
        private @Nullable MessageId inReplyTo;
        private @Nullable String thread;
        private @Nullable String via;
        private @Nullable Instant scheduledAt;
        private @Nullable Duration validFor;
        private @Nullable Instant sentAt;
        private @Nullable Instant receivedAt;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private RawFields raw = RawFields.empty();

        private Builder(Direction direction) {
            this.direction = Objects.requireNonNull(direction, "direction");
        }

        /** Sets the peer's id. */
        public Builder id(MessageId value) {
            this.id = Objects.requireNonNull(value, "id");
            return this;
        }

        /** Sets the sender. Without one the road takes its default, if it has one. */
        public Builder from(Address value) {
            this.from = Objects.requireNonNull(value, "from");
            return this;
        }

        /** Sets the recipients in place of those that are there. */
        public Builder to(Collection<? extends Address> values) {
            List<Address> copy = List.copyOf(values);
            to.clear();
            to.addAll(copy);
            return this;
        }

        /** Adds a recipient. Several make a group that sees each other, which few roads have. */
        public Builder addTo(Address value) {
            to.add(Objects.requireNonNull(value, "to"));
            return this;
        }

        /** Sets the text. */
        public Builder text(String value) {
            this.text = Objects.requireNonNull(value, "text");
            return this;
        }

        /** Sets the files in place of those that are there. */
        public Builder media(Collection<MediaItem> values) {
            List<MediaItem> copy = List.copyOf(values);
            media.clear();
            media.addAll(copy);
            return this;
        }

        /** Adds a file. */
        public Builder addMedia(MediaItem value) {
            media.add(Objects.requireNonNull(value, "media"));
            return this;
        }

        /** Sets the caller's own reference. Some providers take no more than 20 characters. */
        public Builder reference(String value) {
            this.reference = Objects.requireNonNull(value, "reference");
            return this;
        }

        /** Sets which message this one answers. */
        public Builder inReplyTo(MessageId value) {
            this.inReplyTo = Objects.requireNonNull(value, "inReplyTo");
            return this;
        }

        /** Sets the peer's own name for the conversation. */
        public Builder thread(String value) {
            this.thread = Objects.requireNonNull(value, "thread");
            return this;
        }

        /** Sets the name of the gateway or account; whoever receives a message sets its own. */
        public Builder via(String value) {
            this.via = Objects.requireNonNull(value, "via");
            return this;
        }

        /** Sets when to send it; at once by default. A road that can't wait refuses it. */
        public Builder scheduledAt(Instant value) {
            this.scheduledAt = Objects.requireNonNull(value, "scheduledAt");
            return this;
        }

        /**
         * Sets for how long it is worth delivering; for ever by default. A road that can't limit it
         * refuses the message.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder validFor(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("validFor must be longer than nothing");
            }
            this.validFor = value;
            return this;
        }

        /** Sets when it was sent, by the clock of the peer. */
        public Builder sentAt(Instant value) {
            this.sentAt = Objects.requireNonNull(value, "sentAt");
            return this;
        }

        /** Sets when it reached us, by our clock. */
        public Builder receivedAt(Instant value) {
            this.receivedAt = Objects.requireNonNull(value, "receivedAt");
            return this;
        }

        /** Sets what travels along, in place of what is there. */
        public Builder attributes(Map<String, String> values) {
            Map<String, String> copy = new LinkedHashMap<>(values);
            attributes.clear();
            copy.forEach(this::putAttribute);
            return this;
        }

        /** Adds something that travels along, such as a SIP header. */
        public Builder putAttribute(String name, String value) {
            attributes.put(
                    Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Sets everything the peer sent. */
        public Builder raw(RawFields value) {
            this.raw = Objects.requireNonNull(value, "raw");
            return this;
        }

        /**
         * Returns the message.
         *
         * <p>A received message is taken as it came, since refusing it would lose it.
         *
         * @throws IllegalStateException if a message to send has neither a text nor a file
         * @throws IllegalArgumentException if the text of a message to send holds half a surrogate
         *     pair, which no road can carry
         */
        public TextMessage build() {
            if (direction == Direction.OUTBOUND) {
                requireContent();
                requireWholeCharacters();
            }
            return new TextMessage(this);
        }

        private void requireContent() {
            if (text == null && media.isEmpty()) {
                throw new IllegalStateException("set text(...) or addMedia(...) before build()");
            }
        }

        private void requireWholeCharacters() {
            int broken = text == null ? -1 : firstLoneSurrogate(text);
            if (broken >= 0) {
                throw new IllegalArgumentException(
                        "the text holds half a character (a lone surrogate) at position "
                                + (broken + "; was it cut in the middle of an emoji?"));
            }
        }

        private static int firstLoneSurrogate(String text) {
            int i = 0;
            while (i < text.length()) {
                int codePoint = text.codePointAt(i);
                if (codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint)) {
                    return i;
                }
                i += Character.charCount(codePoint);
            }
            return -1;
        }
    }
}
