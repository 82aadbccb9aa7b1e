package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.freepbx.FreePbxRequest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes by the forms of the web interface, and only if asked for. */
class WebInterfaceTest {

    private static final IvrSettings NIGHT =
            IvrSettings.of("Night menu")
                    .announcement(1)
                    .key("1", Destination.hangup())
                    .key("0", Destination.hangup())
                    .build();

    private final FakeFreePbx fake = new FakeFreePbx();
    private final FreePbxClient pbx = TestClients.withGui(fake);

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    private static IvrSettings replacing(String name) {
        return IvrSettings.of(name).acceptLoss(IvrSettings.Loss.FORM_SETTINGS).build();
    }

    private List<FreePbxRequest> saved() {
        return fake.requests().stream()
                .filter(request -> request.body().contains("action=save"))
                .toList();
    }

    private List<FreePbxRequest> logIns() {
        return fake.requests().stream()
                .filter(request -> request.body().startsWith("username="))
                .toList();
    }

    @Test
    void createsChangesAndDeletesAMenu() {
        Ivr made = pbx.ivrs().create(NIGHT);
        assertThat(made.name()).isEqualTo("Night menu");
        assertThat(made.road()).isEqualTo(IvrRoad.GUI);
        assertThat(pbx.system().needsApply()).isTrue();

        Ivr changed = pbx.ivrs().update(made.id(), replacing("Night menu 2"));
        assertThat(changed.id()).isEqualTo(made.id());
        assertThat(pbx.ivrs().list()).extracting(Ivr::name).containsExactly("Night menu 2");

        pbx.ivrs().delete(made.id());
        assertThat(pbx.ivrs().find(made.id())).isEmpty();
        assertThat(logIns()).hasSize(1);
    }

    @Test
    void sendsAllKeysOfAMenu() {
        pbx.ivrs().create(NIGHT);

        assertThat(fake.requests())
                .filteredOn(request -> request.body().contains("action=save"))
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.header("Referer")).isPresent();
                            assertThat(request.body())
                                    .contains(
                                            "entries%5Bext%5D%5B%5D=1",
                                            "entries%5Bgoto%5D%5B%5D=app-blackhole%2Changup%2C1",
                                            "entries%5Bext%5D%5B%5D=0");
                        });
    }

    @Test
    void doesNotResetWhatTheFormHasAndAMenuHereHasNot() {
        Ivr made = pbx.ivrs().create(NIGHT);

        FreePbxRejectedException refusal = refusal(() -> pbx.ivrs().update(made.id(), NIGHT));

        assertThat(refusal.kind()).isEqualTo(Kind.WOULD_LOSE_SETTINGS);
        assertThat(refusal.mayHaveBeenSent()).isFalse();
        assertThat(refusal)
                .hasMessageContainingAll("FORM_SETTINGS", "alert info", "acceptLoss(...)");
        assertThat(saved()).hasSize(1);
    }

    @Test
    void refusesASecondMenuOfThatNameAndOneThatIsNotThere() {
        pbx.ivrs().create(NIGHT);

        assertThat(refusal(() -> pbx.ivrs().create(NIGHT)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(refusal(() -> pbx.ivrs().delete(77)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void needsToBeAllowed() {
        try (FreePbxClient without = TestClients.client(fake)) {
            FreePbxRejectedException refusal = refusal(() -> without.ivrs().list());

            assertThat(refusal.kind()).isEqualTo(Kind.ROAD_MISSING);
            assertThat(refusal)
                    .hasMessageContainingAll(
                            "gui(...)", "FREEPBX_GUI_USER", "FREEPBX_GUI_PASSWORD");
            assertThat(refusal.mayHaveBeenSent()).isFalse();
            assertThat(logIns()).isEmpty();
        }
    }

    @Test
    void logsInAgainWhenTheSessionIsOver() {
        pbx.ivrs().list();
        fake.endGuiSessions();

        assertThat(pbx.ivrs().create(NIGHT).name()).isEqualTo("Night menu");
        assertThat(logIns()).hasSize(2);
    }

    @Test
    void aWrongPasswordIsTriedOnce() {
        try (FreePbxClient stranger =
                TestClients.builder(fake).gui(Credentials.of("sdkadmin", "wrong-one")).build()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> stranger.ivrs().list())
                        .isInstanceOf(PbxAuthenticationException.class)
                        .hasMessageNotContaining("wrong-one");
            }
            assertThat(logIns()).hasSize(1);
        }
    }

    @Test
    void aServerThatIsAwayWhileLoggingInIsNotTakenForAWrongPassword() {
        Away away = new Away("/config.php", 503);
        try (OkHttpTransport real = OkHttpTransport.builder().build();
                FreePbxClient client = withGui(new Failing(real, away))) {
            away.next(1);
            FreePbxRejectedException refusal =
                    refusal(
                            () ->
                                    client.with(CallOptions.retry(RetryPolicy.none()))
                                            .ivrs()
                                            .create(NIGHT));
            assertThat(refusal.kind()).isEqualTo(Kind.SERVER_ERROR);
            assertThat(refusal.code()).isEqualTo(503);
            assertThat(refusal.mayHaveBeenSent()).isFalse();
            assertThat(refusal).hasMessageContaining("log-in");

            away.next(1);
            assertThat(client.ivrs().list()).as("tried again, as what is read").isEmpty();
            assertThat(away.answered()).isEqualTo(2);
        }
    }

    @Test
    void aPageThatIsMissingIsNotTakenForAWrongPassword() {
        Away away = new Away("/config.php", 404);
        try (OkHttpTransport real = OkHttpTransport.builder().build();
                FreePbxClient client = withGui(new Failing(real, away))) {
            away.next(1);
            assertThat(refusal(() -> client.ivrs().list()).code()).isEqualTo(404);

            assertThat(client.ivrs().list()).isEmpty();
        }
    }

    @Test
    void aChangeThatTheServerFailsGoesOutOnce() {
        Away away = new Away("/config.php?display=ivr", 503);
        try (OkHttpTransport real = OkHttpTransport.builder().build();
                FreePbxClient client = withGui(new Failing(real, away))) {
            client.ivrs().list();
            away.next(1);

            FreePbxRejectedException refusal = refusal(() -> client.ivrs().create(NIGHT));

            assertThat(refusal.kind()).isEqualTo(Kind.SERVER_ERROR);
            assertThat(refusal.mayHaveBeenSent()).isTrue();
            assertThat(saved()).isEmpty();
            assertThat(logIns()).hasSize(1);
        }
    }

    private FreePbxClient withGui(HttpTransport transport) {
        return TestClients.builder(fake)
                .gui(TestClients.ADMINISTRATOR)
                .transport(transport)
                .build();
    }

    /** What is answered in the place of a page, and how often. */
    private static final class Away {

        private final String page;
        private final int status;
        private final AtomicInteger left = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();

        Away(String page, int status) {
            this.page = page;
            this.status = status;
        }

        void next(int times) {
            left.set(times);
        }

        int answered() {
            return answered.get();
        }

        boolean takes(HttpRequest request) {
            boolean taken =
                    request.url().endsWith(page)
                            && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
            if (taken) {
                answered.incrementAndGet();
            }
            return taken;
        }
    }

    /** A proxy that answers a page of its own for a while. */
    private record Failing(HttpTransport real, Away away) implements HttpTransport {

        @Override
        public CompletableFuture<HttpResponse> sendAsync(HttpRequest request) {
            if (!away.takes(request)) {
                return real.sendAsync(request);
            }
            return CompletableFuture.completedFuture(
                    HttpResponse.of(
                            away.status,
                            HttpHeaders.builder().add("Content-Type", "text/html").build(),
                            new ByteArrayInputStream(
                                    "<html><body>Not now</body></html>"
                                            .getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void uploadsASoundAndMakesAPromptOfIt() {
        assertThat(pbx.prompts().list()).isEmpty();

        Prompt made =
                pbx.prompts()
                        .upload("Main menu", "Press 1", "main-menu", new byte[] {82, 73, 70, 70});

        assertThat(made.files()).containsExactly("custom/main-menu");
        assertThat(pbx.prompts().find("Main menu")).isPresent();
        pbx.prompts().delete(made.id());
        assertThat(pbx.prompts().list()).isEmpty();
        assertThat(refusal(() -> pbx.prompts().delete("1")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void doesNotReplaceTheSoundOfAPromptThatIsThere() {
        byte[] sound = {82, 73, 70, 70};
        pbx.prompts().upload("Main menu", "Press 1", "main-menu", sound);

        assertThat(refusal(() -> pbx.prompts().upload("Main menu", "", "main-menu", sound)).kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(fake.requests())
                .filteredOn(request -> request.target().contains("command=upload"))
                .hasSize(1);
    }

    @Test
    void doesNotReplaceTheFileThatAnotherPromptPlays() {
        byte[] sound = {82, 73, 70, 70};
        Prompt first = pbx.prompts().upload("Main menu", "Press 1", "main-menu", sound);
        Prompt second = pbx.prompts().upload("Night", "Closed", "night", sound);

        assertThat(refusal(() -> pbx.prompts().upload("Third", "", "night", sound)))
                .hasMessageContaining("the prompt Night plays custom/night");
        assertThat(
                        refusal(() -> pbx.prompts().updateSound(first.id(), "night", sound))
                                .mayHaveBeenSent())
                .isFalse();
        assertThat(pbx.prompts().updateSound(second.id(), "night", sound)).isEqualTo(second);
    }

    @Test
    void aPromptWithAnotherSoundKeepsNumberWordsAndFeatureCode() {
        byte[] sound = {82, 73, 70, 70};
        Prompt old = pbx.prompts().upload("Main menu", "Press 1", "main-menu", sound);
        fake.featureCode(old.id(), "8642");

        Prompt made = pbx.prompts().updateSound(old.id(), "main-menu-2", sound);

        assertThat(made.id()).isEqualTo(old.id());
        assertThat(made.name()).isEqualTo("Main menu");
        assertThat(made.description()).isEqualTo("Press 1");
        assertThat(made.files()).containsExactly("custom/main-menu-2");
        assertThat(fake.featureCode(old.id())).isEqualTo("8642");
    }

    @Test
    void changesAPrompt() {
        fake.addSoundFile("custom/hello");
        fake.addSoundFile("custom/keys");
        Prompt hello = pbx.prompts().create("Hello", "", List.of("custom/hello"));
        pbx.prompts().create("Keys", "", List.of("custom/keys"));
        fake.featureCode(hello.id(), "8642");

        Prompt changed =
                pbx.prompts()
                        .update(
                                hello.id(),
                                "Welcome",
                                "Hello and keys",
                                List.of("custom/hello", "custom/keys"));

        assertThat(pbx.prompts().list()).contains(changed).hasSize(2);
        assertThat(changed.id()).isEqualTo(hello.id());
        assertThat(changed.files()).containsExactly("custom/hello", "custom/keys");
        assertThat(fake.featureCode(hello.id())).isEqualTo("8642");
        assertThat(changed.raw().names()).doesNotContain("fcode_pass");
        assertThat(refusal(() -> update(hello.id(), "Keys", "custom/hello")).kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(refusal(() -> update("77", "Other", "custom/hello")).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void saysWhichFilesOfAPromptWereLeftOut() {
        fake.addSoundFile("custom/hello");

        FreePbxRejectedException refusal =
                refusal(
                        () ->
                                pbx.prompts()
                                        .create(
                                                "Hello",
                                                "",
                                                List.of("custom/hello", "custom/gone")));

        assertThat(refusal).hasMessageContaining("it plays [custom/hello] only");
        assertThat(refusal.mayHaveBeenSent()).isTrue();
    }

    private Prompt update(String id, String name, String file) {
        return pbx.prompts().update(id, name, "", List.of(file));
    }

    @Test
    void promptsOfFilesThatAreThereNeedNoWebInterface() {
        fake.addSoundFile("custom/hello");
        try (FreePbxClient without = TestClients.client(fake)) {
            assertThat(without.prompts().create("Hello", "", List.of("custom/hello")).name())
                    .isEqualTo("Hello");
            assertThat(
                            refusal(
                                            () ->
                                                    without.prompts()
                                                            .create(
                                                                    "Hello",
                                                                    "",
                                                                    List.of("custom/hello")))
                                    .kind())
                    .isEqualTo(Kind.CONFLICT);
        }
    }

    @Test
    void soundFilesStayInTheirFolder() {
        assertThatThrownBy(() -> pbx.prompts().upload("x", "", "../../etc/x", new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void handsOutTheRecordingOfACall() throws IOException {
        byte[] sound = new byte[32_080];
        sound[7] = 7;
        fake.addRecording("1795010001.1", sound);
        RecordingEntry entry = RecordingEntry.builder("out-1").uniqueid("1795010001.1").build();

        try (RecordingContent content = pbx.callRecordings().open(entry, 0).orElseThrow()) {
            assertThat(content.contentType())
                    .hasValueSatisfying(type -> assertThat(type).startsWith("audio/x-wav"));
            assertThat(content.length()).hasValue(32_080);
            assertThat(Arrays.equals(content.stream().readAllBytes(), sound)).isTrue();
        }
        RecordingEntry none = RecordingEntry.builder("out-2").uniqueid("1.1").build();
        assertThat(pbx.callRecordings().open(none, 0)).isEmpty();
        assertThatThrownBy(() -> pbx.callRecordings().open(RecordingEntry.of("x"), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRecordingThatIsOpenedWhenNobodyWantsItAnyMoreIsClosed() throws Exception {
        fake.addRecording("1.1", new byte[32_080]);
        RecordingEntry entry = RecordingEntry.builder("out-1").uniqueid("1.1").build();
        try (OkHttpTransport real = OkHttpTransport.builder().build();
                FreePbxClient slow =
                        TestClients.builder(fake)
                                .gui(TestClients.ADMINISTRATOR)
                                .transport(new SlowDownload(real, downloading, goOn, closed))
                                .build()) {
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread caller =
                    new Thread(
                            () ->
                                    end.set(
                                            catchThrowable(
                                                    () -> slow.callRecordings().open(entry, 0))));
            caller.start();
            downloading.await();
            caller.interrupt();
            caller.join();
            goOn.countDown();

            assertThat(end.get()).isInstanceOf(PbxInterruptedException.class);
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private final CountDownLatch downloading = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Holds the download back, whatever becomes of who asked for it. */
    private record SlowDownload(
            HttpTransport real, CountDownLatch begun, CountDownLatch goOn, CountDownLatch closed)
            implements HttpTransport {

        @Override
        public CompletableFuture<HttpResponse> sendAsync(HttpRequest request) {
            return real.sendAsync(request);
        }

        @Override
        public HttpResponse send(HttpRequest request) {
            HttpResponse response = real.send(request);
            begun.countDown();
            boolean waiting = true;
            while (waiting) {
                try {
                    goOn.await();
                    waiting = false;
                } catch (InterruptedException e) {
                    // The head of an answer can arrive in the moment of cancelling.
                }
            }
            return HttpResponse.of(
                    response.status(),
                    response.headers(),
                    new FilterInputStream(response.body()) {
                        @Override
                        public void close() throws IOException {
                            super.close();
                            closed.countDown();
                        }
                    });
        }
    }

    @Test
    void aNameThatThePageWritesOtherwiseIsNoFailure() {
        Ivr made = pbx.ivrs().create(IvrSettings.of("Menü & more").build());

        assertThat(made.name()).isEqualTo("Men&uuml; &amp; more");
        assertThat(pbx.ivrs().update(made.id(), replacing("Menü")).id()).isEqualTo(made.id());
    }

    @Test
    void whatIsNotThereIsNamedByGet() {
        Ivr menu = pbx.ivrs().create(NIGHT);
        fake.addQueue("500", "Support");
        fake.addSoundFile("custom/hello");
        Prompt prompt = pbx.prompts().create("Hello", "", List.of("custom/hello"));

        assertThat(pbx.ivrs().get(menu.id())).isEqualTo(menu);
        assertThat(pbx.queues().get("500").name()).isEqualTo("Support");
        assertThat(pbx.prompts().get("Hello")).isEqualTo(prompt);
        assertThat(refusal(() -> pbx.ivrs().get(77))).hasMessageContaining("no menu 77");
        assertThat(refusal(() -> pbx.queues().get("501"))).hasMessageContaining("no queue 501");
        assertThat(refusal(() -> pbx.prompts().get("Bye"))).hasMessageContaining("no prompt Bye");
        assertThat(refusal(() -> pbx.prompts().get("Bye")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void tellsThatTheFormsDoNotTellTheKeys() {
        Ivr made = pbx.ivrs().create(NIGHT);

        assertThat(made.tellsKeys()).isFalse();
        assertThat(made.keys()).isEmpty();
    }

    @Test
    void graphQlComesBeforeTheFormsWhereTheSchemaHasMenus() {
        Ivr overForms = pbx.ivrs().create(NIGHT);
        fake.installMenus();

        Ivr made =
                pbx.ivrs()
                        .create(
                                IvrSettings.of("Day menu")
                                        .description("Open")
                                        .key("1", Destination.extension("1001"))
                                        .key("t", Destination.hangup())
                                        .build());

        assertThat(made.road()).isEqualTo(IvrRoad.GRAPHQL);
        assertThat(made.id()).isEqualTo(overForms.id() + 1);
        assertThat(made.destination()).isEqualTo(Destination.ivr(made.id()));
        assertThat(made.tellsKeys()).isTrue();
        assertThat(made.keys())
                .containsEntry("1", Destination.extension("1001"))
                .containsEntry("t", Destination.hangup())
                .hasSize(2);
        assertThat(fake.requests("addIvr").get(0).body())
                .contains("\"directdial\":\"\"", "\"announcement\":null");
        assertThat(pbx.system().needsApply()).isTrue();

        Ivr changed = pbx.ivrs().update(made.id(), IvrSettings.of("Late").build());
        assertThat(changed.keys()).isEmpty();
        assertThat(changed.description()).isEmpty();
        pbx.ivrs().delete(made.id());
        assertThat(pbx.ivrs().list()).extracting(Ivr::name).containsExactly("Night menu");
        assertThat(refusal(() -> pbx.ivrs().delete(made.id())).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aScopeThatMayOnlyReadMenusIsSaid() {
        fake.installMenus();
        fake.hide("addIvr");

        FreePbxRejectedException refusal = refusal(() -> pbx.ivrs().create(NIGHT));

        assertThat(refusal.kind()).isEqualTo(Kind.SCOPE_OR_MODULE_MISSING);
        assertThat(pbx.ivrs().list()).isEmpty();
    }

    @Test
    void queuesComeOverRest() {
        assertThat(pbx.queues().list()).isEmpty();
        fake.addQueue("500", "Support");

        assertThat(pbx.queues().find("500")).map(CallQueue::name).contains("Support");
        assertThat(pbx.queues().list()).extracting(CallQueue::road).containsExactly("rest");
        assertThat(pbx.queues().agents("500")).isEmpty();
        fake.addQueueMember("500", "1001", false);
        fake.addQueueMember("500", "1002", true);
        assertThat(pbx.queues().agents("500"))
                .containsExactly(new QueueAgent("1001", false), new QueueAgent("1002", true));
        assertThat(pbx.queues().agents("501")).isEmpty();
    }

    private static FreePbxRejectedException refusal(Runnable call) {
        return catchThrowableOfType(FreePbxRejectedException.class, call::run);
    }
}
