package io.github.pbxsdk.freepbx;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a call goes next: an extension, a ring group, a menu.
 *
 * <p>FreePBX checks a destination against what is there, and refuses one that is not.
 *
 * @param text the place in the dialplan, as FreePBX writes it: {@code from-did-direct,1001,1}
 */
public record Destination(String text) {

    private static final Pattern PLACE = Pattern.compile("[^,\\s]+,[^,\\s]+,[^,\\s]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9*#]{1,20}");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if it is not context, extension and priority
     */
    public Destination {
        Objects.requireNonNull(text, "text");
        if (!PLACE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a destination is context,extension,priority, not \"" + text + "\"");
        }
    }

    /** Returns what the PBX wrote, if that is a destination: none is an empty text. */
    static Optional<Destination> read(String text) {
        return PLACE.matcher(text).matches()
                ? Optional.of(new Destination(text))
                : Optional.empty();
    }

    /** Returns an extension. */
    public static Destination extension(String number) {
        return new Destination("from-did-direct," + number("extension", number) + ",1");
    }

    /** Returns the mailbox of an extension, with the greeting that nobody is there. */
    public static Destination voicemail(String extension) {
        return voicemail(extension, Greeting.UNAVAILABLE);
    }

    /** Returns the mailbox of an extension. */
    public static Destination voicemail(String extension, Greeting greeting) {
        return new Destination(
                "ext-local," + greeting.prefix + number("extension", extension) + ",1");
    }

    /** Returns a ring group. */
    public static Destination ringGroup(String number) {
        return new Destination("ext-group," + number("ring group", number) + ",1");
    }

    /** Returns a menu. */
    public static Destination ivr(int id) {
        return new Destination("ivr-" + id + ",s,1");
    }

    /** Returns a queue. */
    public static Destination queue(String number) {
        return new Destination("ext-queues," + number("queue", number) + ",1");
    }

    /** Returns an announcement. */
    public static Destination announcement(int id) {
        return new Destination("app-announcement-" + id + ",s,1");
    }

    /** Returns a time condition. */
    public static Destination timeCondition(int id) {
        return new Destination("timeconditions," + id + ",1");
    }

    /** Returns the end of the call. */
    public static Destination hangup() {
        return new Destination("app-blackhole,hangup,1");
    }

    private static String number(String what, String number) {
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException(
                    "the number of a " + what + " has only digits, not \"" + number + "\"");
        }
        return number;
    }

    @Override
    public String toString() {
        return text;
    }

    /** What a mailbox says first. */
    public enum Greeting {
        /** That nobody is there. */
        UNAVAILABLE("vmu"),
        /** That somebody speaks at this moment. */
        BUSY("vmb"),
        /** Nothing. */
        NONE("vms");

        private final String prefix;

        Greeting(String prefix) {
            this.prefix = prefix;
        }
    }
}
