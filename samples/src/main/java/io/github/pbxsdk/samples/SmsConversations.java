package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.sms.PollingOptions;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.conversation.Contact;
import io.github.pbxsdk.sms.conversation.ContactPhone;
import io.github.pbxsdk.sms.conversation.Conversation;
import io.github.pbxsdk.sms.conversation.Conversations;
import io.github.pbxsdk.sms.conversation.MessageStore;
import io.github.pbxsdk.sms.conversation.StoredMessage;
import java.time.Instant;
import java.util.List;

/** Follows the conversation with one person, and can begin it with a text. */
public final class SmsConversations {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("sms-conversations", "follows what is written with one person")
                    .needs(
                            PbxSetting.FREEPBX_URL,
                            PbxSetting.FREEPBX_API_KEY,
                            PbxSetting.FREEPBX_API_SECRET)
                    .needs(PbxSetting.FREEPBX_DEFAULT_FROM)
                    .required("with", "NUMBERS", "of the person, the default one first: +61…,+61…")
                    .option("text", "TEXT", "what to write first; nothing by default")
                    .option("every", "TIME", "how often to ask for texts", "10s")
                    .option("for", "TIME", "how long to go on", "1m")
                    .running(SmsConversations::run);

    private SmsConversations() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws InterruptedException {
        Contact person = person(sample.option("with"));
        // The settings are those of a bridge, so that it is the one to ask.
        try (Pbx pbx = Pbx.from(sample.settings());
                StateStore state = StateStore.inMemory()) {
            SmsClient sms = pbx.sms();
            Conversations conversations =
                    Conversations.builder().client(sms).store(MessageStore.inMemory()).build();
            Conversation talk = conversations.with(person);
            SmsIntake intake =
                    SmsIntake.builder()
                            .store(state)
                            .handler(
                                    event -> {
                                        conversations.record(event);
                                        show(sample, talk);
                                    })
                            .build();
            sample.findOption("text").ifPresent(talk::send);
            show(sample, talk);
            PollingOptions polling =
                    PollingOptions.every(sample.duration("every")).from(Instant.now());
            sms.startPolling(polling, intake);
            sample.waitFor("for");
        }
    }

    private static Contact person(String numbers) {
        List<String> all = List.of(numbers.split(",", -1));
        List<ContactPhone> phones =
                all.stream()
                        .map(number -> new ContactPhone("phone " + number, Address.phone(number)))
                        .toList();
        return Contact.of("1", "Somebody", phones);
    }

    private static void show(SampleContext sample, Conversation talk) {
        for (StoredMessage message : talk.refresh()) {
            String text = message.message().text();
            String who = message.isInbound() ? "they" : "we";
            String label = talk.phoneLabel(message).orElse(null);
            sample.print(
                    JsonLine.of("who", who)
                            .and("text", text)
                            .and("phone", label)
                            .and("unread", talk.unread()),
                    who + (label == null ? "" : " (" + label + ")") + ": " + text);
        }
    }
}
