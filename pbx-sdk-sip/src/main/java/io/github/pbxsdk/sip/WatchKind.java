package io.github.pbxsdk.sip;

import static java.util.Comparator.comparing;

import io.github.pbxsdk.sip.event.DialogEvent;
import io.github.pbxsdk.sip.event.MailboxEvent;
import io.github.pbxsdk.sip.event.PresenceEvent;
import io.github.pbxsdk.sip.event.PresenceEvent.Activity;
import io.github.pbxsdk.sip.event.WatchEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be watched, and how the server writes it. */
enum WatchKind {
    /** Messages in a mailbox (RFC 3842). */
    MAILBOX("message-summary", "application/simple-message-summary") {
        @Override
        Optional<WatchEvent> read(String extension, String watched, byte[] body) {
            String text = new String(body, StandardCharsets.UTF_8);
            Matcher waiting = WAITING.matcher(text);
            if (!waiting.find()) {
                return Optional.empty();
            }
            Matcher voice = VOICE.matcher(text);
            boolean counted = voice.find();
            return Optional.of(
                    new MailboxEvent(
                            extension,
                            waiting.group(1).equalsIgnoreCase("yes"),
                            counted ? Integer.parseInt(voice.group(1)) : 0,
                            counted ? Integer.parseInt(voice.group(2)) : 0));
        }
    },
    /** What a telephone does (RFC 3863), as Asterisk words it. */
    PRESENCE("presence", "application/pidf+xml") {
        @Override
        Optional<WatchEvent> read(String extension, String watched, byte[] body) {
            return WatchXml.texts(body, "note")
                    .map(notes -> notes.isEmpty() ? "" : notes.get(0))
                    .map(note -> new PresenceEvent(extension, watched, noted(note), note));
        }
    },
    /** The calls that a telephone is in (RFC 4235). */
    DIALOG("dialog", "application/dialog-info+xml") {
        @Override
        Optional<WatchEvent> read(String extension, String watched, byte[] body) {
            return WatchXml.texts(body, "state")
                    .map(states -> states.stream().max(comparing(STATES::indexOf)).orElse(""))
                    .map(state -> new DialogEvent(extension, watched, inCall(state), state));
        }
    };

    /** The states of a call, the liveliest last. */
    private static final List<String> STATES =
            List.of("terminated", "trying", "proceeding", "early", "confirmed");

    private static final Pattern WAITING =
            Pattern.compile("(?im)^Messages-Waiting\\s*:\\s*(yes|no)\\s*$");
    private static final Pattern VOICE =
            Pattern.compile("(?im)^Voice-Message\\s*:\\s*([0-9]{1,6})\\s*/\\s*([0-9]{1,6})");

    private final String event;
    private final String accept;

    WatchKind(String event, String accept) {
        this.event = event;
        this.accept = accept;
    }

    /** Returns the name of the event package. */
    String event() {
        return event;
    }

    /** Returns the type of content that tells it. */
    String accept() {
        return accept;
    }

    /** Reads what the server tells; empty if it cannot be read. */
    abstract Optional<WatchEvent> read(String extension, String watched, byte[] body);

    private static Activity noted(String note) {
        return switch (note.toLowerCase(Locale.ROOT)) {
            case "ready" -> Activity.IDLE;
            case "ringing" -> Activity.RINGING;
            case "on the phone", "on hold" -> Activity.BUSY;
            case "unavailable" -> Activity.OFFLINE;
            default -> Activity.OTHER;
        };
    }

    private static Activity inCall(String state) {
        return switch (state) {
            case "", "terminated" -> Activity.IDLE;
            case "trying", "proceeding", "early" -> Activity.RINGING;
            case "confirmed" -> Activity.BUSY;
            default -> Activity.OTHER;
        };
    }
}
