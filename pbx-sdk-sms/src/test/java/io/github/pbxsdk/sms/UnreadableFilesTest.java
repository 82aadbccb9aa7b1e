package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.Reconciliation.Outcome;
import io.github.pbxsdk.sms.SendOutcome.State;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A file that can't be read is no reason to say that a text was not sent. */
class UnreadableFilesTest {

    private static final Address ANN = Address.phone("+61491570156");
    private static final Address BEN = Address.phone("+61491570157");

    private final NotingProvider provider = new PictureProvider();
    private final StateStore store = StateStore.inMemory();
    private final SmsClient client = SmsClient.builder().provider(provider).store(store).build();
    private final SmsClient once = client.with(CallOptions.idempotencyKey("appointment-1"));

    private final AtomicBoolean gone = new AtomicBoolean();
    private final AtomicInteger opened = new AtomicInteger();
    private final MediaItem picture =
            MediaItem.builder().stream(
                            () -> {
                                opened.incrementAndGet();
                                if (gone.get()) {
                                    throw new IOException("the disk is away");
                                }
                                return new ByteArrayInputStream(new byte[] {1, 2, 3});
                            })
                    .build();
    private final TextMessage text = to(ANN);

    private TextMessage to(Address person) {
        return TextMessage.to(person).text("The way to us").addMedia(picture).build();
    }

    @AfterEach
    void close() {
        client.close();
        store.close();
    }

    @Test
    void aTextThatNobodyKnowsIsNotSent() {
        gone.set(true);

        assertThatThrownBy(() -> once.messages().send(text))
                .isInstanceOfSatisfying(
                        PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isFalse());
        assertThat(provider.asked).isEmpty();
        assertThat(store.stream("sms.sent")).isEmpty();
    }

    @Test
    void aTextInDoubtStaysInDoubt() {
        provider.answering(ANN.text(), NotingProvider.unknown());
        assertThatThrownBy(() -> once.messages().send(text)).isInstanceOf(PbxException.class);
        gone.set(true);

        assertThatThrownBy(() -> once.messages().send(text))
                .isInstanceOfSatisfying(
                        PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isTrue());
        assertThat(provider.asked).hasSize(1);
    }

    @Test
    void whereTheLedgerCanNotBeAskedEitherItIsInDoubt() {
        gone.set(true);
        try (SmsClient blind =
                SmsClient.builder().provider(provider).store(new BlindStore(store)).build()) {
            Messages messages = blind.with(CallOptions.idempotencyKey("appointment-1")).messages();

            assertThatThrownBy(() -> messages.send(text))
                    .isInstanceOfSatisfying(
                            PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isTrue());
        }
    }

    /** Can't be read. */
    private record BlindStore(StateStore store) implements StateStore {

        @Override
        public Optional<StateEntry> find(String namespace, String key) {
            throw new StateException("the database is away");
        }

        @Override
        public List<StateEntry> scan(String namespace, String afterKey, int limit) {
            return store.scan(namespace, afterKey, limit);
        }

        @Override
        public long commit(Batch batch) {
            return store.commit(batch);
        }

        @Override
        public Optional<Lease> lease(String name, Duration ttl) {
            return store.lease(name, ttl);
        }

        @Override
        public void close() {
            // The test closes what is behind.
        }
    }

    @Test
    void whatBecameOfATextIsToldWithoutItsFile() {
        once.messages().send(text);
        gone.set(true);

        Reconciliation told = once.messages().reconcile(text);

        assertThat(told.outcome()).isEqualTo(Outcome.SENT);
        assertThat(told.result()).isPresent();
    }

    @Test
    void aRunGoesOnWithoutTheTextWhoseFileCanNotBeRead() {
        gone.set(true);
        TextMessage plain = TextMessage.to(BEN).text("Closed tomorrow").build();

        BulkReport report = send(text, plain);

        assertThat(report.outcomes())
                .extracting(SendOutcome::state)
                .containsExactly(State.SKIPPED, State.SENT);
        assertThat(report.outcomes().get(0).reason()).contains("can't be read");
        assertThat(report.retryable()).hasSize(1);
    }

    @Test
    void aRunDoesNotCallATextInDoubtNotSent() {
        provider.answering(ANN.text(), NotingProvider.unknown());
        send(text);
        gone.set(true);

        assertThat(send(text).outcomes())
                .extracting(SendOutcome::state)
                .containsExactly(State.UNKNOWN);
    }

    @Test
    void aRunReadsAFileOnceForAll() {
        BulkReport report =
                send(
                        Stream.of("+61491570156", "+61491570157", "+61491570158")
                                .map(Address::phone)
                                .map(this::to)
                                .toArray(TextMessage[]::new));

        assertThat(report.outcomes()).extracting(SendOutcome::state).containsOnly(State.SENT);
        assertThat(opened).hasValue(1);
    }

    private BulkReport send(TextMessage... texts) {
        return SmsBulk.builder(client).build().send("run", List.of(texts));
    }

    /** Takes pictures, and reads none. */
    private static final class PictureProvider extends NotingProvider {

        @Override
        public SmsCapabilities capabilities() {
            return SmsCapabilities.builder().maxMedia(1).addFeature(Feature.ATTACHMENTS).build();
        }
    }
}
