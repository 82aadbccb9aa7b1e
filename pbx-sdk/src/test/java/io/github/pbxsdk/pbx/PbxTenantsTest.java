package io.github.pbxsdk.pbx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.action.HangupAction;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.core.security.SecretField;
import io.github.pbxsdk.core.security.SecretVault;
import io.github.pbxsdk.core.security.VaultKey;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.recordings.FolderSink;
import io.github.pbxsdk.recordings.SyncReport;
import io.github.pbxsdk.sms.OptOuts;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.testing.FakePbx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/tenants.md says: the PBXs of many tenants on the same threads, and strictly apart. */
class PbxTenantsTest {

    private static final TextMessage REMINDER =
            TextMessage.to(Address.phone("+61491570156")).text("See you at 3 pm.").build();

    private final FakePbx clinic = FakePbx.asterisk22();
    private final FakePbx shop = FakePbx.asterisk22();
    private final PbxResources shared = PbxResources.create();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        shared.close();
        clinic.close();
        shop.close();
    }

    private Pbx pbx(Map<String, String> settings, Consumer<Pbx.Builder> change) {
        Pbx.Builder builder = Pbx.builder().settings(settings).resources(shared);
        change.accept(builder);
        Pbx pbx = builder.build();
        opened.add(pbx);
        return pbx;
    }

    private Pbx pbx(FakePbx fake) {
        return pbx(fake.settings(), builder -> {});
    }

    private StateStore store() {
        StateStore store = StateStore.inMemory();
        opened.add(store);
        return store;
    }

    @Test
    void aPbxThatAnswersNobodyHoldsUpNobodyElse() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
            Pbx dead = pbx(deadAt(silent), builder -> {});
            List<CompletableFuture<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                waiting.add(dead.freepbx().extensions().listAsync());
                waiting.add(dead.ari().channels().listAsync());
                waiting.add(dead.extensionsAsync());
                waiting.add(dead.healthAsync());
            }

            Pbx well = pbx(shop);
            assertThat(well.extensions()).hasSize(3);
            assertThat(well.ami().status().state()).isEqualTo(ConnectionState.CONNECTED);
            well.sms().messages().send(REMINDER);

            assertThat(waiting).noneMatch(CompletableFuture::isDone);
        }
    }

    private Map<String, String> deadAt(ServerSocket silent) {
        String url = "http://127.0.0.1:" + silent.getLocalPort();
        Map<String, String> settings = new HashMap<>(clinic.settings());
        settings.put("AMI_PORT", "" + silent.getLocalPort());
        settings.put("ARI_URL", url);
        settings.put("FREEPBX_URL", url);
        settings.put("SIP_SERVER", "127.0.0.1:" + silent.getLocalPort());
        return settings;
    }

    @Test
    void aListenerThatBlocksHoldsUpItsOwnClientOnly() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(1);
        pbx(clinic).ami().events().subscribe(PbxEvent.class, event -> await(released));
        pbx(shop).ami().events().subscribe(PbxEvent.class, event -> heard.countDown());

        for (int i = 0; i < 20; i++) {
            clinic.ami().emit("Event", "UserEvent", "UserEvent", "Door" + i);
        }
        shop.ami().emit("Event", "UserEvent", "UserEvent", "Door");

        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
        released.countDown();
    }

    @Test
    void theSameExtensionOfTwoIsTwo() throws InterruptedException {
        BlockingQueue<String> atClinic = new LinkedBlockingQueue<>();
        BlockingQueue<String> atShop = new LinkedBlockingQueue<>();
        answering(clinic, atClinic);
        answering(shop, atShop);

        pbx(clinic).texts().by(TextRoad.AMI).send(toReception("for the clinic"));
        pbx(shop).texts().by(TextRoad.AMI).send(toReception("for the shop"));

        assertThat(atClinic.poll(10, TimeUnit.SECONDS)).isEqualTo("for the clinic");
        assertThat(atShop.poll(10, TimeUnit.SECONDS)).isEqualTo("for the shop");
        assertThat(atClinic).isEmpty();
        assertThat(atShop).isEmpty();
    }

    private void answering(FakePbx fake, BlockingQueue<String> heard) {
        Pbx pbx = pbx(fake);
        pbx.sip().onMessage(text -> heard.add(text.text()));
        assertThat(pbx.register().isRegistered()).isTrue();
    }

    private static TextMessage toReception(String words) {
        return TextMessage.to(Address.extension("1001")).text(words).build();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSealedSecretIsOpenedForEachLoginSoAnotherOneIsTaken() {
        SecretVault vault = SecretVault.of(VaultKey.random("2026"));
        SecretField place = SecretField.of("clinic", "pbx-1", "ami.secret");
        AtomicReference<String> column = new AtomicReference<>(vault.seal(place, "of last year"));
        Map<String, String> settings = new HashMap<>(clinic.settings());
        settings.remove("AMI_SECRET");
        Pbx pbx =
                pbx(
                        settings,
                        builder ->
                                builder.ami(
                                        ami ->
                                                ami.credentials(
                                                        () -> login(vault, place, column.get()))));
        assertThatThrownBy(pbx::ami).isInstanceOf(PbxAuthenticationException.class);
        assertThat(clinic.ami().logins()).isZero();

        column.set(vault.seal(place, "lab-secret"));

        assertThat(pbx.ami().status().state()).isEqualTo(ConnectionState.CONNECTED);
    }

    private static Credentials login(SecretVault vault, SecretField place, String sealed) {
        return Credentials.of("lab", vault.open(place, sealed));
    }

    @Test
    void theSealedSecretOfOneOpensForNobodyElse() {
        SecretVault vault = SecretVault.of(VaultKey.random("2026"));
        SecretField ofShop = SecretField.of("shop", "pbx-1", "ami.secret");
        String sealed = vault.seal(SecretField.of("clinic", "pbx-1", "ami.secret"), "lab-secret");
        Pbx pbx =
                pbx(
                        shop.settings(),
                        builder ->
                                builder.ami(
                                        ami ->
                                                ami.credentials(
                                                        () -> login(vault, ofShop, sealed))));

        assertThatThrownBy(pbx::ami)
                .isInstanceOf(PbxException.class)
                .hasMessageContaining("of tenant \"shop\"")
                .hasMessageNotContaining("lab-secret");
        assertThat(shop.ami().actions()).isEmpty();
    }

    /** All send over the account of the portal, and number their appointments alike. */
    private SendResult remind(StateStore store, String key, TextMessage message) {
        Pbx pbx = pbx(clinic.settings(), builder -> builder.sms(sms -> sms.store(store)));
        return pbx.sms().with(CallOptions.idempotencyKey(key)).messages().send(message);
    }

    @Test
    void withStoresOfTheirOwnTheSameKeyIsTwoTexts() {
        remind(store(), "appointment-1", REMINDER);
        remind(store(), "appointment-1", REMINDER);

        assertThat(clinic.sms().accepted()).hasSize(2);
    }

    @Test
    void inOneStoreTheKeysOfOneAccountAreTheSameForAll() {
        StateStore both = store();
        SendResult first = remind(both, "appointment-1", REMINDER);
        SendResult equal = remind(both, "appointment-1", REMINDER);
        TextMessage another = REMINDER.toBuilder().text("See you at 4 pm.").build();
        assertThat(equal.id()).isEqualTo(first.id());
        assertThatThrownBy(() -> remind(both, "appointment-1", another))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing was sent");
        assertThat(clinic.sms().accepted()).hasSize(1);

        remind(both, "shop/appointment-1", REMINDER);

        assertThat(clinic.sms().accepted()).hasSize(2);
    }

    @Test
    void eachHasItsListOfOptOutsAlsoInOneStore() {
        StateStore both = store();
        OptOuts ofClinic = OptOuts.builder().store(both).list("clinic").build();
        OptOuts ofShop = OptOuts.builder().store(both).list("shop").build();

        ofClinic.add(Address.phone("+61491570156"));

        assertThat(ofClinic.isOptedOut(Address.phone("+61491570156"))).isTrue();
        assertThat(ofShop.isOptedOut(Address.phone("+61491570156"))).isFalse();
    }

    @Test
    void recordingsAreApartByTheNameOfTheirPbxInTheStoreAndByFolderOnTheDisk(@TempDir Path disk) {
        StateStore both = store();
        Path ofClinic = disk.resolve("clinic");
        Path ofShop = disk.resolve("shop");
        clinic.ari().addRecording("voicemail-1", "wav", sound(1));
        shop.ari().addRecording("voicemail-1", "wav", sound(2));
        assertThat(sync(clinic, "clinic/pbx-1", both, ofClinic).delivered()).isOne();

        assertThat(sync(shop, "clinic/pbx-1", both, ofShop).delivered())
                .as("under the name of another one")
                .isZero();
        assertThat(sync(shop, "shop/pbx-1", both, ofShop).delivered()).isOne();
        assertThat(sync(shop, "shop/pbx-2", both, ofClinic).failures())
                .as("into the folder of another one")
                .singleElement()
                .asString()
                .contains("give each PBX a folder of its own");
    }

    private static byte[] sound(int sample) {
        ByteBuffer wav = ByteBuffer.allocate(44 + 1600).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(US_ASCII)).putInt(36 + 1600).put("WAVEfmt ".getBytes(US_ASCII));
        wav.putInt(16).putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16).put("data".getBytes(US_ASCII)).putInt(1600);
        while (wav.hasRemaining()) {
            wav.put((byte) sample);
        }
        return wav.array();
    }

    private SyncReport sync(FakePbx fake, String name, StateStore store, Path folder) {
        Pbx pbx =
                pbx(
                        PbxTest.without(fake, "FREEPBX", "AMI"),
                        builder ->
                                builder.recordings(
                                        name,
                                        sync -> sync.sink(FolderSink.of(folder)).store(store)));
        return pbx.recordings().syncArchive();
    }

    @Test
    void figuresCarryTheTenantOnResourcesOfItsOwnWithTheSharedThreads() {
        Set<Map<String, String>> told = ConcurrentHashMap.newKeySet();
        PbxObserver all =
                new PbxObserver() {
                    @Override
                    public void time(Metric metric, Tags tags, long nanos) {
                        told.add(tags.asMap());
                    }
                };
        PbxResources own =
                PbxResources.builder()
                        .executor(shared.executor())
                        .time(shared.time())
                        .observer(new OfTenant(all, "clinic"))
                        .build();
        Pbx pbx = pbx(clinic.settings(), builder -> builder.resources(own));
        pbx.ami().send(PingAction.create());
        pbx.close();
        own.close();

        pbx(shop).ami().send(PingAction.create());

        assertThat(told).isNotEmpty().allMatch(tags -> "clinic".equals(tags.get("tenant")));
    }

    private record OfTenant(PbxObserver all, String tenant) implements PbxObserver {

        @Override
        public void time(Metric metric, Tags tags, long nanos) {
            all.time(metric, tags.and("tenant", tenant), nanos);
        }
    }

    @Test
    void closingOneEndsWhatWaitsThereAndLeavesTheOthersAtWork() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
            Pbx dead = pbx(deadAt(silent), builder -> {});
            Pbx well = pbx(shop);
            CompletableFuture<?> waiting = dead.freepbx().extensions().listAsync();
            CompletableFuture<?> health = dead.healthAsync();

            dead.close();

            assertThat(waiting).failsWithin(Duration.ofSeconds(5));
            assertThat(health).succeedsWithin(Duration.ofSeconds(15));
            assertThat(well.extensions()).hasSize(3);
        }
    }

    @Test
    void whoMayLookAndNotTouchDoesSoThroughEveryClient() {
        Pbx pbx = pbx(clinic.settings(), builder -> builder.guard(OperationGuard.readOnly()));

        assertThat(pbx.extensions()).hasSize(3);
        assertThat(pbx.health().find("ami").orElseThrow().light()).isEqualTo(Light.GREEN);
        assertRefused(() -> pbx.ami().send(HangupAction.builder("PJSIP/1001-00000001").build()));
        assertRefused(() -> pbx.ari().channels().hangup("1"));
        assertRefused(() -> pbx.sip().register("1001", Credentials.of("1001", "secret")));
        assertRefused(() -> pbx.sms().messages().send(REMINDER));
        assertRefused(() -> pbx.freepbx().applyConfig());
    }

    private static void assertRefused(ThrowingCallable operation) {
        assertThatThrownBy(operation).isInstanceOf(OperationRefusedException.class);
    }

    @Test
    void aClientOfItsOwnGuardAsksThatOne() {
        Pbx pbx =
                pbx(
                        clinic.settings(),
                        builder ->
                                builder.guard(OperationGuard.readOnly())
                                        .sms(sms -> sms.guard(OperationGuard.allowAll())));

        pbx.sms().messages().send(REMINDER);

        assertThat(clinic.sms().accepted()).hasSize(1);
    }
}
