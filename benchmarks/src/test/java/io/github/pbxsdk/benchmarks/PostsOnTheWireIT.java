package io.github.pbxsdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.benchmarks.FaultyCarrier.Fault;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.sms.SmsClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** How often one call puts one text on the wire when the carrier takes it and then fails. */
class PostsOnTheWireIT {

    @Test
    void oneCallIsOneRequestWhateverHappens() throws Exception {
        try (FaultyCarrier carrier = new FaultyCarrier();
                SmsClient client = SmsSides.client(carrier.url(), null)) {
            Map<String, Callable<?>> senders = new LinkedHashMap<>();
            senders.put("pbx-sdk", () -> client.messages().send(SmsSides.message()));
            senders.put(SmsSides.TWILIO_JAVA, SmsSides.twilioJava(carrier.url()));
            senders.put(SmsSides.VONAGE, SmsSides.vonage(carrier.url()));
            senders.put("OkHttp with its defaults", okHttp(carrier.url()));
            for (Map.Entry<String, Callable<?>> sender : senders.entrySet()) {
                int error = posts(carrier, Fault.ANSWERS_500, sender.getValue());
                int hangUp = posts(carrier, Fault.HANGS_UP, sender.getValue());
                int reused = postsOnAReusedConnection(carrier, sender.getValue());
                System.out.printf(
                        "| %s | %d | %d | %d |%n", sender.getKey(), error, hangUp, reused);
                if (sender.getKey().equals("pbx-sdk")) {
                    assertThat(new int[] {error, hangUp, reused}).containsOnly(1);
                }
            }
        }
    }

    private static int posts(FaultyCarrier carrier, Fault fault, Callable<?> send) {
        carrier.begin(fault);
        call(send);
        return carrier.posts();
    }

    private static int postsOnAReusedConnection(FaultyCarrier carrier, Callable<?> send) {
        carrier.begin(Fault.NONE);
        call(send);
        assertThat(carrier.posts()).as("the carrier that is well").isOne();
        return posts(carrier, Fault.HANGS_UP, send);
    }

    /** Whether it fails is not the question: each library has its own way. */
    private static void call(Callable<?> send) {
        try {
            Sink.keep(send.call());
        } catch (PbxException e) {
            assertThat(e.mayHaveBeenSent()).isTrue();
        } catch (Exception e) {
            Sink.keep(e);
        }
    }

    private static Callable<?> okHttp(String server) {
        OkHttpClient client = new OkHttpClient();
        return () -> {
            try (Response response = client.newCall(SmsSides.request(server)).execute()) {
                return response.body().string();
            }
        };
    }
}
