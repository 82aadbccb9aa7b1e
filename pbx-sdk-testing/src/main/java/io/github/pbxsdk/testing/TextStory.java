package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import io.github.pbxsdk.testing.ari.AriReply;
import io.github.pbxsdk.testing.ari.AriRequest;
import io.github.pbxsdk.testing.ari.FakeAri;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.TakenText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The texts of a {@link FakePbx}: what comes by one road shows on the others.
 *
 * <p>The dialplan behind it raises the event {@code sdk-message} twice for a text, as the one of
 * the guide does: when it came in, and when it was passed on.
 */
final class TextStory implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'");

    private final FakeSip sip;
    private final FakeAmi ami;
    private final FakeAri ari;

    /** Asks the SIP server, which tells of texts on its only thread. */
    private final ExecutorService teller = Executors.newSingleThreadExecutor(TextStory::thread);

    private final AtomicInteger texts = new AtomicInteger();

    TextStory(FakeSip sip, FakeAmi ami, FakeAri ari) {
        this.sip = sip;
        this.ami = ami;
        this.ari = ari;
    }

    void begin() {
        sip.onText(text -> teller.execute(() -> show(text)));
        ami.answer("MessageSend", action -> List.of(sent(action)));
        ari.answer("PUT /endpoints/sendMessage", this::sent);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "fake-pbx");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        teller.shutdownNow();
    }

    private void show(TakenText text) {
        String id = Instant.now().getEpochSecond() + "." + texts.incrementAndGet();
        boolean arrives = !sip.devices(text.to()).isEmpty();
        ami.emit(event(text, id).with("phase", "in").with("body64", base64(text.text())));
        ari.emitToEach(application -> json(text, application));
        ami.emit(
                event(text, id)
                        .with("phase", "sent")
                        .with("status", arrives ? "SUCCESS" : "FAILURE")
                        .with("body64", base64(text.text())));
    }

    private static AmiMessage event(TakenText text, String id) {
        return AmiMessage.of(
                "Event", "UserEvent",
                "Privilege", "user,all",
                "Channel", "Message/ast_msg_queue",
                "ChannelState", "6",
                "ChannelStateDesc", "Up",
                "Context", "sdk-messages",
                "Exten", text.to(),
                "Priority", "3",
                "Uniqueid", id,
                "Linkedid", id,
                "UserEvent", "sdk-message",
                "id", id,
                "from", text.from(),
                "to", text.to());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(TakenText text, String application) {
        String now = TIME.format(LocalDateTime.now(ZoneOffset.UTC));
        return ("{\"type\":\"TextMessageReceived\",\"timestamp\":\"" + now + "\",")
                + ("\"endpoint\":{\"technology\":\"PJSIP\",\"resource\":\"" + text.from() + "\",")
                + "\"state\":\"online\",\"channel_ids\":[]},"
                + ("\"message\":{\"from\":\"<sip:" + text.from() + "@" + HOST + ">\",")
                + ("\"to\":\"pjsip:" + text.to() + "@" + HOST + "\",")
                + ("\"body\":\"" + escaped(text.text()) + "\",\"variables\":{}},")
                + ("\"asterisk_id\":\"aa:bb:cc:dd:ee:01\",\"application\":\""
                        + application
                        + "\"}");
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    private AmiMessage sent(AmiMessage action) {
        String body =
                action.find("Base64Body")
                        .map(
                                coded ->
                                        new String(
                                                Base64.getDecoder().decode(coded),
                                                StandardCharsets.UTF_8))
                        .orElseGet(() -> action.get("Body"));
        deliver(action.get("From"), action.get("To"), body);
        return AmiMessage.of("Response", "Success", "Message", "Message successfully sent");
    }

    private AriReply sent(AriRequest request) {
        deliver(
                request.find("from").orElse(""),
                request.find("to").orElse(""),
                request.find("body").orElse(""));
        return AriReply.json(202, "");
    }

    /** As with a real server, the answer comes before the device has the text. */
    private void deliver(String from, String to, String text) {
        sip.sendText(user(from), user(to), "text/plain;charset=UTF-8", text);
    }

    private static String user(String address) {
        return address.replaceFirst("^.*?<?(?:pjsip|sip):", "").replaceFirst("[@>].*$", "");
    }
}
