package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.template.MessageTemplate;
import io.github.pbxsdk.sms.template.TemplateStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody has edited the table: what cannot be read is said, and nothing is sent in doubt. */
class DamagedStateTest {

    private static final Address ANN = Address.phone("+61491570156");

    private final StateStore store = StateStore.inMemory();
    private final OptOuts optOuts = OptOuts.builder().store(store).build();
    private final NotingProvider provider = new NotingProvider();

    @AfterEach
    void close() {
        store.close();
    }

    private SmsClient client() {
        return SmsClient.builder()
                .provider(provider)
                .optOuts(optOuts)
                .policy(SendPolicy.builder().recipientLimit(100).build())
                .store(store)
                .build();
    }

    private void damage(String namespace, String from, String to) {
        List<StateChange> changes;
        try (var entries = store.stream(namespace)) {
            changes =
                    entries.map(
                                    entry ->
                                            StateChange.put(
                                                    namespace,
                                                    entry.key(),
                                                    entry.text().replace(from, to)))
                            .toList();
        }
        assertThat(changes).as(namespace).isNotEmpty();
        changes.forEach(store::commit);
    }

    @ParameterizedTest
    @CsvSource({
        "sms.sent, since, whence, the first, the ledger of sent texts is damaged",
        "sms.optout, START, PERHAPS, the second, the list of opt-outs is damaged",
        "sms.usage, 1, one, the second, a counter of texts is damaged"
    })
    void nothingIsSentAndItIsSaidWhy(
            String namespace, String from, String to, String key, String why) {
        TextMessage text = TextMessage.to(ANN).text("See you tomorrow").build();
        optOuts.add(ANN);
        optOuts.remove(ANN);
        try (SmsClient sms = client()) {
            sms.with(CallOptions.idempotencyKey("the first")).messages().send(text);
            damage(namespace, from, to);

            assertThatThrownBy(
                            () -> sms.with(CallOptions.idempotencyKey(key)).messages().send(text))
                    .isInstanceOf(PbxException.class)
                    .hasStackTraceContaining(why);
            assertThat(provider.asked).hasSize(1);
        }
    }

    @Test
    void aRunDoesNotGoOnInDoubt() {
        TextMessage text = TextMessage.to(ANN).text("Closed tomorrow").build();
        provider.answering(ANN.text(), NotingProvider.no(Kind.INVALID_RECIPIENT));
        try (SmsClient sms = client()) {
            SmsBulk bulk = SmsBulk.builder(sms).build();
            bulk.send("run", List.of(text));
            damage("sms.bulk", "INVALID_RECIPIENT", "MAYBE");

            assertThatThrownBy(() -> bulk.send("run", List.of(text)))
                    .isInstanceOf(PbxException.class)
                    .hasStackTraceContaining("the memory of a run is damaged");
            assertThat(provider.asked).hasSize(1);
        }
    }

    @Test
    void pollingDoesNotBeginAnywhere() {
        PollingCursor cursor = new PollingCursor(store, provider.origin(), "");
        cursor.put(Instant.EPOCH);
        damage("sms.cursor", "1970", "once");

        assertThatThrownBy(() -> cursor.get(Instant.EPOCH))
                .isInstanceOf(StateException.class)
                .hasMessage("the cursor of polled texts is damaged");
    }

    @Test
    void aTemplateIsNotTakenForAnother() {
        TemplateStore templates = TemplateStore.in(store);
        templates.save(MessageTemplate.of("reminder", "Dear {{name}}"));
        damage("sms.templates", "{{name}}", "{{name");

        assertThatThrownBy(() -> templates.find("reminder"))
                .isInstanceOf(StateException.class)
                .hasMessage("a template is damaged");
    }
}
