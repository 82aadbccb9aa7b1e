package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.samples.AriEvents;
import io.github.pbxsdk.samples.AriIvr;
import io.github.pbxsdk.testing.ari.AriRequest;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The samples of ARI against a server that is none. */
@Timeout(60)
class AriSamplesTest {

    private static final String DIGIT =
            "{\"type\":\"ChannelDtmfReceived\",\"application\":\"pbx-sdk-ivr\",\"digit\":\"%s\","
                    + "\"channel\":{\"id\":\"1.1\",\"name\":\"PJSIP/100-1\"}}";

    private final FakeAri server = FakeAri.asterisk22();
    private final Trial trial =
            new Trial()
                    .environment("ARI_URL", server.uri().toString())
                    .environment("ARI_USER", "lab")
                    .environment("ARI_PASSWORD", "lab-secret");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eventsAreShownAndCounted() {
        CompletableFuture<ExitCode> run =
                CompletableFuture.supplyAsync(
                        () ->
                                trial.until("NewThing")
                                        .run(
                                                AriEvents.SAMPLE,
                                                "--events",
                                                "ChannelDtmfReceived,NewThing",
                                                "--json"));
        server.awaitSockets(1);
        server.emit("{\"type\":\"StasisEnd\",\"channel\":{\"id\":\"1.1\"}}");
        server.emit(DIGIT.formatted("1"));
        server.emit("{\"type\":\"NewThing\"}");

        assertThat(run.join()).isEqualTo(ExitCode.DONE);
        assertThat(trial.errors()).isEmpty();
        assertThat(trial.output().strip().lines())
                .containsExactly(
                        "{\"event\":\"ChannelDtmfReceived\",\"known\":true,\"channels\":"
                                + "[\"PJSIP/100-1\"],\"members\":"
                                + "[\"type\",\"application\",\"digit\",\"channel\"]}",
                        "{\"event\":\"NewThing\",\"known\":false,\"channels\":[],"
                                + "\"members\":[\"type\"]}",
                        "{\"summary\":{\"received\":2,\"gaps\":0,\"reconnects\":0}}");
    }

    @Test
    void aCallerWhoIsGoneEndsHisCallOnly() {
        CompletableFuture<ExitCode> run =
                CompletableFuture.supplyAsync(
                        () -> trial.until("left").run(AriIvr.SAMPLE, "--json"));
        server.awaitSockets(1);
        server.emit(
                "{\"type\":\"StasisStart\",\"application\":\"pbx-sdk-ivr\",\"args\":[],"
                        + "\"channel\":{\"id\":\"1.1\",\"caller\":{\"number\":\"100\"}}}");
        server.awaitRequest(AriSamplesTest::isAnswer);

        assertThat(run.join()).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().strip().lines())
                .containsExactly(
                        "{\"ready\":\"pbx-sdk-ivr\"}",
                        "{\"call\":{\"id\":\"1.1\",\"from\":\"100\"}}",
                        "{\"left\":\"1.1\"}");
    }

    private static boolean isAnswer(AriRequest request) {
        return request.path().equals("/channels/1.1/answer");
    }

    @Test
    void aWrongPasswordIsARefusalAndNoServerIsUnreachable() {
        assertThat(trial.run(AriEvents.SAMPLE, "--ari-password", "wrong"))
                .isEqualTo(ExitCode.REFUSED);
        server.close();
        assertThat(trial.run(AriIvr.SAMPLE)).isEqualTo(ExitCode.UNREACHABLE);
    }
}
