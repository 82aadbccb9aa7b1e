package io.github.pbxsdk.testing.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who watches what; used by the server's thread only. */
final class Subscriptions {

    static final String MAILBOX = "message-summary";
    static final String EVENTS = "message-summary, presence, dialog, refer";

    private static final Map<String, String> CONTENT_TYPES =
            Map.of(
                    MAILBOX,
                    "application/simple-message-summary",
                    "presence",
                    "application/pidf+xml",
                    "dialog",
                    "application/dialog-info+xml");

    private final List<Watch> watches = new ArrayList<>();

    /**
     * One subscription.
     *
     * @param request the SUBSCRIBE that began it
     * @param tag ours in its dialog
     */
    record Watch(SipMessage request, String tag, SipPeer peer, String event, String resource) {

        boolean hasDialogOf(SipMessage message) {
            return message.get("Call-ID").equals(request.get("Call-ID"))
                    && SipHeaders.parameter(message.get("To"), "tag").orElse("").equals(tag);
        }
    }

    static boolean knows(String event) {
        return CONTENT_TYPES.containsKey(event);
    }

    static String event(SipMessage request) {
        return request.get("Event").split(";", 2)[0].strip();
    }

    static String contentType(String event) {
        return CONTENT_TYPES.getOrDefault(event, "text/plain");
    }

    /** Returns the dialog that a request goes on with. */
    Optional<Watch> find(SipMessage request) {
        return watches.stream().filter(watch -> watch.hasDialogOf(request)).findFirst();
    }

    Watch open(SipMessage request, SipPeer peer) {
        Watch watch =
                new Watch(
                        request,
                        UUID.randomUUID().toString(),
                        peer,
                        event(request),
                        SipHeaders.user(request.uri()));
        watches.add(watch);
        return watch;
    }

    void end(Watch watch) {
        watches.remove(watch);
    }

    List<Watch> of(String resource, String event) {
        return watches.stream()
                .filter(watch -> watch.resource().equals(resource) && watch.event().equals(event))
                .toList();
    }

    /** Returns the body of a state in which nothing happens. */
    static String idle(String event, String extension) {
        return switch (event) {
            case MAILBOX -> mailbox(0, 0);
            case "presence" ->
                    """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <presence entity="sip:%1$s@127.0.0.1" xmlns="urn:ietf:params:xml:ns:pidf">
                     <note>Unavailable</note>
                     <tuple id="%1$s">
                      <status>
                       <basic>closed</basic>
                      </status>
                     </tuple>
                    </presence>
                    """
                            .formatted(extension);
            default ->
                    """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="0" \
                    state="full" entity="sip:%1$s@127.0.0.1">
                     <dialog id="%1$s">
                      <state>terminated</state>
                     </dialog>
                    </dialog-info>
                    """
                            .formatted(extension);
        };
    }

    static String mailbox(int unheard, int heard) {
        return ("Messages-Waiting: " + (unheard > 0 ? "yes" : "no") + "\r\n")
                + ("Voice-Message: " + unheard + "/" + heard + " (0/0)\r\n");
    }
}
