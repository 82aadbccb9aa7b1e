package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SendOutcome.State;
import io.github.pbxsdk.sms.conversation.Contact;
import io.github.pbxsdk.sms.conversation.ContactPhone;
import io.github.pbxsdk.sms.conversation.Conversation;
import io.github.pbxsdk.sms.conversation.ConversationSummary;
import io.github.pbxsdk.sms.conversation.Conversations;
import io.github.pbxsdk.sms.conversation.MessageStore;
import io.github.pbxsdk.sms.conversation.StoredMessage;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.SmsBroadcast;
import io.github.pbxsdk.sms.template.MessageTemplate;
import io.github.pbxsdk.sms.template.TemplateRow;
import io.github.pbxsdk.sms.template.TemplateStore;
import io.github.pbxsdk.sms.webhook.SmsWebhook;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookVerifiers;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a clinic does with texts, over its own carrier: a test for each of its features. */
class ClinicFeaturesTest {

    private static final String PATIENT = "0491 570 156";
    private static final Address EMERGENCY = Address.phone("+61491570157");
    private static final Contact ANN =
            Contact.of(
                    "17",
                    "Ann",
                    List.of(
                            new ContactPhone("Mobile", Address.phone("+61491570156")),
                            new ContactPhone("Emergency contact", EMERGENCY)));

    private final FakeSmsBroadcast carrier = new FakeSmsBroadcast();
    private final StateStore store = StateStore.inMemory();
    private final SmsBroadcast provider =
            SmsBroadcast.builder()
                    .baseUrl(carrier.url())
                    .credentials(Credentials.of("clinic", "secret"))
                    .build();
    private final SmsClient sms =
            SmsClient.builder()
                    .provider(provider)
                    .sender(Address.senderName("MyClinic"))
                    .region("AU")
                    .store(store)
                    .build();

    private final Conversations conversations =
            Conversations.builder()
                    .client(sms)
                    .store(MessageStore.inMemory())
                    .contacts(ClinicFeaturesTest::withPhone)
                    .build();

    private static List<Contact> withPhone(Address address) {
        boolean isAnn = ANN.phones().stream().anyMatch(phone -> phone.address().equals(address));
        return isAnn ? List.of(ANN) : List.of();
    }

    @AfterEach
    void close() {
        sms.close();
        store.close();
        carrier.close();
    }

    private TextMessage to(String number, String text) {
        return TextMessage.to(sms.address(number)).text(text).build();
    }

    private String sent(int place, String field) {
        return carrier.sends().get(place).parameter(field).orElse("");
    }

    @Test
    void sendIndividualSms() {
        SendResult result = sms.messages().send(to(PATIENT, "See you tomorrow"));

        assertThat(result.status().state()).isEqualTo(SmsState.ACCEPTED);
        assertThat(result.id()).hasValue(MessageId.of("2942263"));
        assertThat(sent(0, "to")).isEqualTo("61491570156");
    }

    @Test
    void bulkSmsBroadcasts() {
        BulkReport report =
                SmsBulk.builder(sms)
                        .build()
                        .send(
                                "closed-on-friday",
                                List.of(
                                        to(PATIENT, "Closed on Friday"),
                                        to("0491570157", "Closed on Friday"),
                                        to("0491 570 156", "Closed on Friday"),
                                        to("reception", "Closed on Friday")));

        assertThat(report.outcomes())
                .extracting(SendOutcome::state)
                .containsExactly(State.SENT, State.SENT, State.DUPLICATE, State.REJECTED);
        assertThat(carrier.sends()).as("one request for all of them").hasSize(1);
        assertThat(sent(0, "to")).isEqualTo("61491570156,61491570157");
    }

    @Test
    void messageTemplates() {
        TemplateStore templates = TemplateStore.in(store);
        templates.save(MessageTemplate.of("reminder", "Hi {{name}}, see you at {{time}}."));

        MessageTemplate reminder = templates.get("reminder");
        TemplateRow row =
                new TemplateRow(sms.address(PATIENT), Map.of("name", "Ann", "time", "3 pm"));
        sms.messages().send(reminder.messages(List.of(row)).get(0));

        assertThat(sent(0, "message")).isEqualTo("Hi Ann, see you at 3 pm.");
        assertThat(reminder.preview(List.of(row.values())).longest().remaining())
                .as("the character counter")
                .isEqualTo(160 - "Hi Ann, see you at 3 pm.".length());
    }

    private List<SmsEvent> call(String url) {
        List<SmsEvent> handled = new ArrayList<>();
        answer(
                intake(handled),
                WebhookRequest.of(
                        "GET",
                        "https://clinic.example.com" + url,
                        HttpHeaders.empty(),
                        new byte[0]));
        return handled;
    }

    private List<SmsEvent> post(String json) {
        List<SmsEvent> handled = new ArrayList<>();
        post(json, intake(handled));
        return handled;
    }

    private void post(String json, SmsIntake intake) {
        answer(
                intake,
                WebhookRequest.of(
                        "POST",
                        "https://clinic.example.com/inbound/?key=k",
                        HttpHeaders.builder().add("Content-Type", "application/json").build(),
                        json.getBytes(StandardCharsets.UTF_8)));
    }

    private SmsIntake intake(List<SmsEvent> handled) {
        return SmsIntake.builder().store(store).region("AU").handler(handled::add).build();
    }

    private void answer(SmsIntake intake, WebhookRequest request) {
        SmsWebhook webhook =
                SmsWebhook.builder()
                        .parser(WebhookParsers.smsBroadcast(provider.origin()))
                        .verifier(WebhookVerifiers.secretInQuery("key", "k"))
                        .intake(intake)
                        .build();
        assertThat(webhook.handle(request).status()).isEqualTo(200);
    }

    @Test
    void deliveryStatusWebhooks() {
        List<SmsEvent> handled =
                call("/dlr/?key=k&to=61491570156&ref=1&smsref=2942263&status=Delivered");

        assertThat(handled)
                .singleElement()
                .isInstanceOfSatisfying(
                        DeliveryReportEvent.class,
                        report -> {
                            assertThat(report.id()).hasValue(MessageId.of("2942263"));
                            assertThat(report.status().state()).isEqualTo(SmsState.DELIVERED);
                        });
    }

    @Test
    void inboundMessageWebhooks() {
        List<SmsEvent> handled =
                call("/inbound/?key=k&from=61491570156&to=61491570110&message=Yes+please");

        assertThat(handled)
                .singleElement()
                .isInstanceOfSatisfying(
                        MessageReceivedEvent.class,
                        received -> {
                            assertThat(received.message().text()).isEqualTo("Yes please");
                            assertThat(received.message().from())
                                    .hasValue(Address.phone("+61491570156"));
                        });
    }

    @Test
    void receiveImagesFromPatients() throws IOException {
        List<SmsEvent> handled =
                post(
                        "{\"id\":\"a1\",\"from\":\"+61491570156\",\"to\":\"+61491570110\","
                                + "\"attachments\":[{\"content_type\":\"image/jpeg\","
                                + "\"content\":\"/9j/4A==\",\"original_name\":\"foot.jpg\"}]}");

        handled.forEach(conversations::record);
        StoredMessage kept = conversations.with(ANN).messages().get(0);
        MediaItem image = conversations.file(kept, 0);
        assertThat(image.name()).contains("foot.jpg");
        assertThat(image.contentType()).contains("image/jpeg");
        try (InputStream content = image.open()) {
            assertThat(content.readAllBytes()).startsWith((byte) 0xFF, (byte) 0xD8);
        }
    }

    @Test
    void senderIdCustomization() {
        sms.messages().send(to(PATIENT, "Hello"));
        sms.messages()
                .send(to(PATIENT, "Hello").toBuilder().from(Address.senderName("Surgery")).build());

        assertThat(sent(0, "from")).isEqualTo("MyClinic");
        assertThat(sent(1, "from")).isEqualTo("Surgery");
        assertThatThrownBy(() -> Address.senderName("TwelveLetter"))
                .as("11 characters or less")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void characterCountAndMessageSplitting() {
        assertThat(SmsSegments.of("x".repeat(160)).count()).isOne();
        assertThat(SmsSegments.of("x".repeat(161)).parts()).hasSize(2);
        assertThat(SmsSegments.of("x".repeat(100)).remaining()).isEqualTo(60);
        assertThat(sms.messages().send(to(PATIENT, "x".repeat(161))).segments()).isEqualTo(2);
    }

    private static List<String> texts(List<StoredMessage> messages) {
        return messages.stream().map(message -> message.message().text()).toList();
    }

    @Test
    void patientSmsConversations() {
        conversations.with(ANN).send("Your insoles are ready");
        call("/inbound/?key=k&from=61491570156&to=61491570110&message=Thanks")
                .forEach(conversations::record);
        call("/inbound/?key=k&from=61491570157&to=61491570110&message=Coming")
                .forEach(conversations::record);
        call("/inbound/?key=k&from=61491570158&to=61491570110&message=Who+is+this")
                .forEach(conversations::record);
        call("/dlr/?key=k&to=61491570156&smsref=2942263&status=Delivered")
                .forEach(conversations::record);

        List<StoredMessage> thread = conversations.with(ANN).messages();
        assertThat(texts(thread))
                .as("one thread for all phones of the patient")
                .containsExactly("Your insoles are ready", "Thanks", "Coming");
        assertThat(thread)
                .extracting(StoredMessage::isInbound)
                .as("left or right")
                .containsExactly(false, true, true);
        assertThat(thread.get(0).status().map(SmsStatus::state)).contains(SmsState.DELIVERED);
        assertThat(conversations.unmatched(10))
                .as("somebody whom nobody knows is kept")
                .singleElement()
                .satisfies(
                        stranger ->
                                assertThat(stranger.last().message().text())
                                        .isEqualTo("Who is this"));
    }

    @Test
    void multiPhoneSupport() {
        Conversation talk = conversations.with(ANN);
        assertThat(ANN.phones())
                .extracting(ContactPhone::label)
                .containsExactly("Mobile", "Emergency contact");

        StoredMessage usual = talk.send("To the default");
        StoredMessage other = talk.send("To the other", EMERGENCY);

        assertThat(sent(0, "to")).isEqualTo("61491570156");
        assertThat(sent(1, "to")).isEqualTo("61491570157");
        assertThat(talk.phoneLabel(usual)).as("shown only where it differs").isEmpty();
        assertThat(talk.phoneLabel(other)).contains("Emergency contact");
    }

    @Test
    void autoRefresh() {
        Conversation talk = conversations.with(ANN);
        talk.send("Hello");
        assertThat(texts(talk.refresh())).containsExactly("Hello");
        assertThat(talk.refresh()).as("nothing new, nothing to draw").isEmpty();

        call("/inbound/?key=k&from=61491570156&to=61491570110&message=Yes")
                .forEach(conversations::record);

        assertThat(texts(talk.refresh())).as("only what is new").containsExactly("Yes");
        assertThat(texts(talk.messages())).containsExactly("Hello", "Yes");
    }

    @Test
    void realTimeNotifications() {
        List<String> shown = new ArrayList<>();
        SmsIntake intake =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    conversations.record(event);
                                    conversations
                                            .list(5)
                                            .forEach(talk -> shown.add(notification(talk)));
                                })
                        .build();
        String reply = "{\"id\":\"a1\",\"from\":\"+61491570156\",\"message\":\"I am late\"}";

        post(reply, intake);
        post(reply, intake);

        assertThat(shown)
                .as("at once, and once, though the carrier calls twice")
                .containsExactly("Ann: I am late (1 unread)");
    }

    private String notification(ConversationSummary talk) {
        return (conversations.contacts(talk.key()).get(0).name() + ": ")
                + (talk.last().message().text() + " (" + talk.unread() + " unread)");
    }

    @Test
    void anInboundTextWithAnUnknownReferenceIsKept() {
        List<SmsEvent> handled =
                call("/inbound/?key=k&from=61491570156&message=Hi&ref=(no-such-uuid)");

        assertThat(handled).singleElement().isInstanceOf(MessageReceivedEvent.class);
    }

    @Test
    void aPatientWhoSaysStopGetsNoBulk() {
        OptOuts optOuts = OptOuts.builder().store(store).build();
        call("/inbound/?key=k&from=61491570156&message=STOP").forEach(optOuts::note);
        try (SmsClient polite =
                SmsClient.builder().provider(provider).region("AU").optOuts(optOuts).build()) {
            BulkReport report =
                    SmsBulk.builder(polite).build().send("run", List.of(to(PATIENT, "Hello")));

            assertThat(report.count(State.SUPPRESSED)).isOne();
            assertThat(carrier.sends()).isEmpty();
        }
    }

    @Test
    void theAccountIsNamedWithoutItsPassword() {
        assertThat(provider.origin()).isEqualTo(new SmsOrigin("smsbroadcast", "clinic"));
        assertThat(provider.toString() + sms).doesNotContain("secret");
    }
}
