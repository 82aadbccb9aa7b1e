package io.github.pbxsdk.benchmarks;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import com.vonage.client.HttpConfig;
import com.vonage.client.VonageClient;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.provider.TwilioSms;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The ways to send one and the same text to a {@link SmsServer}. */
final class SmsSides {

    static final String TWILIO_JAVA = "twilio-java 13.0.1";
    static final String VONAGE = "vonage server-sdk 8.1.0";

    static final String TO = "+61491570156";
    static final String FROM = "+61491570110";
    static final String TEXT = "See you tomorrow at 3 pm.";

    private static final int UNDER_WAY = 16;
    private static final String ACCOUNT = "AC1";
    private static final String SECRET = "12345";

    private SmsSides() {}

    static SmsClient client(String server, @Nullable StateStore store) {
        SmsClient.Builder client =
                SmsClient.builder()
                        .provider(
                                TwilioSms.builder()
                                        .baseUrl(server)
                                        .credentials(Credentials.of(ACCOUNT, SECRET))
                                        .build());
        return store == null ? client.build() : client.store(store).build();
    }

    static TextMessage message() {
        return TextMessage.to(Address.phone(TO)).from(Address.phone(FROM)).text(TEXT).build();
    }

    /** Ours, each text under a key of its own. */
    static Workload ours(SmsClient client) {
        AtomicLong key = new AtomicLong();
        return new UnderWay(UNDER_WAY) {
            @Override
            CompletableFuture<?> begin() {
                CallOptions once = CallOptions.idempotencyKey("text-" + key.incrementAndGet());
                return client.with(once).messages().sendAsync(message());
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    /** The same request and nothing else. */
    static Workload bareOkHttp(String server) {
        OkHttpClient client = new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
        client.dispatcher().setMaxRequestsPerHost(UNDER_WAY);
        return new UnderWay(UNDER_WAY) {
            @Override
            CompletableFuture<?> begin() {
                Answer answer = new Answer();
                client.newCall(request(server)).enqueue(answer);
                return answer;
            }

            @Override
            public void close() {
                client.dispatcher().executorService().shutdown();
            }
        };
    }

    static okhttp3.Request request(String server) {
        return new okhttp3.Request.Builder()
                .url(server + "/2010-04-01/Accounts/AC1/Messages.json")
                .header("Authorization", okhttp3.Credentials.basic(ACCOUNT, SECRET))
                .post(
                        new FormBody.Builder()
                                .add("To", TO)
                                .add("From", FROM)
                                .add("Body", TEXT)
                                .build())
                .build();
    }

    private static final class Answer extends CompletableFuture<String> implements Callback {

        @Override
        public void onFailure(Call call, IOException e) {
            completeExceptionally(e);
        }

        @Override
        public void onResponse(Call call, okhttp3.Response response) throws IOException {
            try (response) {
                complete(response.body().string());
            }
        }
    }

    static Workload blocking(Callable<?> send) {
        ExecutorService threads = Executors.newFixedThreadPool(UNDER_WAY);
        return new UnderWay(UNDER_WAY) {
            @Override
            CompletableFuture<?> begin() {
                CompletableFuture<Object> sent = new CompletableFuture<>();
                threads.execute(
                        () -> {
                            try {
                                sent.complete(send.call());
                            } catch (Exception e) {
                                sent.completeExceptionally(e);
                            }
                        });
                return sent;
            }

            @Override
            public void close() {
                threads.shutdownNow();
            }
        };
    }

    static Callable<?> twilioJava(String server) {
        TwilioRestClient client =
                new TwilioRestClient.Builder(ACCOUNT, SECRET).httpClient(new Local(server)).build();
        return () ->
                Message.creator(new PhoneNumber(TO), new PhoneNumber(FROM), TEXT)
                        .create(client)
                        .getSid();
    }

    /** It knows one server only. */
    private static final class Local extends NetworkHttpClient {

        private final String server;

        Local(String server) {
            this.server = server;
        }

        @Override
        public Response makeRequest(Request request) {
            String path = request.getUrl().replaceFirst("^https?://[^/]+", "");
            Request local = new Request(request.getMethod(), server + path);
            local.setAuth(ACCOUNT, SECRET);
            request.getPostParams()
                    .forEach(
                            (name, values) ->
                                    values.forEach(value -> local.addPostParam(name, value)));
            return super.makeRequest(local);
        }
    }

    static Callable<?> vonage(String server) {
        VonageClient client =
                VonageClient.builder()
                        .apiKey("abcd1234")
                        .apiSecret("secret")
                        .httpConfig(HttpConfig.builder().baseUri(server).build())
                        .build();
        return () ->
                client.getSmsClient()
                        .submitMessage(
                                new com.vonage.client.sms.messages.TextMessage(FROM, TO, TEXT))
                        .getMessageCount();
    }
}
