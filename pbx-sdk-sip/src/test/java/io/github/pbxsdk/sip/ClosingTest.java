package io.github.pbxsdk.sip;

import static io.github.pbxsdk.sip.TestClients.credentials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SipFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of texts that come in while the client is closed. */
class ClosingTest {

    private static final String PHONE = "1001";

    /** More than are told without a pause for others. */
    private static final int MANY = 300;

    private final FakeSip server = FakeSip.asterisk22();
    private final SipClient sip = TestClients.builder(server, SipTransport.TCP).build();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void register() {
        sip.onMessage(message -> {});
        sip.register(PHONE, credentials(PHONE));
    }

    @AfterEach
    void close() {
        release.countDown();
        sip.close();
        server.close();
    }

    private void hold(TextMessage message) throws InterruptedException {
        inside.countDown();
        release.await(60, TimeUnit.SECONDS);
        told.add(message.text());
    }

    /** Has texts taken while the listener is at the first of them. */
    private List<String> taken() throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            String text = "text " + i;
            assertThat(status(text)).isEqualTo(200);
            taken.add(text);
        }
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        return taken;
    }

    private int status(String text) {
        return status(PHONE, text);
    }

    private int status(String phone, String text) {
        return server.sendText("1002", phone, "text/plain", text)
                .orTimeout(10, TimeUnit.SECONDS)
                .join()
                .status();
    }

    private boolean takesNoListener() {
        try {
            sip.onMessage(message -> {}).close();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void theTextsThatWereTakenAreTold() throws Exception {
        sip.onMessage(this::hold);
        List<String> taken = taken();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(sip::close);
        await().until(() -> takesNoListener());
        release.countDown();
        closing.get(10, TimeUnit.SECONDS);
        assertThat(told).containsExactlyElementsOf(taken);
    }

    @Test
    void theyAreToldWhenAListenerClosesTheClient() throws Exception {
        sip.onMessage(
                message -> {
                    hold(message);
                    sip.close();
                });
        List<String> taken = taken();

        release.countDown();
        await().until(() -> told.size() == MANY);
        assertThat(told).containsExactlyElementsOf(taken);
    }

    @Test
    void aTextForWhichThereIsNoRoomIsNotTaken() throws InterruptedException {
        EventQueueOptions small = EventQueueOptions.defaults().maxBytes(64 * 1024);
        try (SipClient slow =
                TestClients.builder(server, SipTransport.TCP).eventQueue(small).build()) {
            slow.onMessage(this::hold);
            slow.register("1012", credentials("1012"));
            int taken = 0;
            while (status("1012", "text " + taken) == 200) {
                taken++;
            }
            release.countDown();

            assertThat(taken).isBetween(10, 200);
            int all = taken;
            await().until(() -> told.size() == all);
            assertThat(status("1012", "there is room again")).isEqualTo(200);
        }
    }

    @Test
    void aTextThatComesAfterTheEndHasBegunIsNotTaken() throws Exception {
        assertThat(status("before")).isEqualTo(200);
        int asked = server.requests("REGISTER").size();
        server.next("REGISTER", SipFault.loseRequest());

        CompletableFuture<Void> closing = CompletableFuture.runAsync(sip::close);
        server.awaitRequests("REGISTER", asked + 1);
        assertThat(server.devices(PHONE)).as("the server sends it to us").isNotEmpty();
        assertThat(status("too late")).isEqualTo(480);
        closing.get(10, TimeUnit.SECONDS);
    }
}
