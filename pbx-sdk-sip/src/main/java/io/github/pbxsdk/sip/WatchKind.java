package io.github.pbxsdk.sip;

import io.github.pbxsdk.sip.event.MailboxEvent;
import io.github.pbxsdk.sip.event.PresenceEvent;
import io.github.pbxsdk.sip.event.PresenceEvent.Activity;
import io.github.pbxsdk.sip.event.WatchEvent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

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
            try {
                Pidf pidf = Pidf.read(body);
                return Optional.of(
                        new PresenceEvent(extension, watched, activity(pidf.note()), pidf.note()));
            } catch (XMLStreamException e) {
                return Optional.empty();
            }
        }
    };

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

    private static Activity activity(String note) {
        return switch (note.toLowerCase(Locale.ROOT)) {
            case "ready" -> Activity.IDLE;
            case "ringing" -> Activity.RINGING;
            case "on the phone", "on hold" -> Activity.BUSY;
            case "unavailable" -> Activity.OFFLINE;
            default -> Activity.OTHER;
        };
    }

    /** The part of a presence document that says something. */
    private record Pidf(String note) {

        static Pidf read(byte[] body) throws XMLStreamException {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            // What comes from the network names no files and no other hosts.
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(body));
            while (xml.hasNext()) {
                xml.next();
                if (xml.isStartElement() && xml.getLocalName().equals("note")) {
                    return new Pidf(xml.getElementText().strip());
                }
            }
            return new Pidf("");
        }
    }
}
