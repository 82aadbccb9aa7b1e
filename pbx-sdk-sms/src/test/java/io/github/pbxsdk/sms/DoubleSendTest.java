package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a provider does wrong: one call is one request on the wire. */
class DoubleSendTest {

    private static final List<String> TABLE = new ArrayList<>();

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (TestProviders provider : TestProviders.values()) {
            for (AfterAccepting fault : AfterAccepting.values()) {
                for (Door door : Door.values()) {
                    cases.add(Arguments.of(provider, fault, door));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCallIsOneRequestOnTheWire(TestProviders provider, AfterAccepting fault, Door door) {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        try (FakeSmsServer server = provider.start();
                PbxResources resources = PbxResources.builder().time(time).build();
                SmsClient client = provider.client(server).resources(resources).build()) {
            door.send(client, provider.text());
            fault.begin(server);
            SmsClient keyed = client.with(CallOptions.idempotencyKey("appointment-1214"));

            CompletableFuture<SendResult> sent =
                    CompletableFuture.supplyAsync(() -> door.send(keyed, provider.text()));
            if (fault.neverEnds()) {
                await().until(() -> server.accepted().size() == 2);
                time.advance(Duration.ofMinutes(10));
            }

            assertThatThrownBy(() -> sent.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isTrue());
            assertThat(server.sends()).hasSize(2);
            assertThat(server.accepted()).hasSize(2);
            assertThat(server.connections()).as("the second went over a reused socket").isOne();
            assertThat(client.messages().unresolved())
                    .extracting(UnresolvedSend::idempotencyKey)
                    .containsExactly("appointment-1214");
            TABLE.add(
                    "%-15s %-13s %-8s requests on the wire: %d"
                            .formatted(provider, fault, door, server.sends().size() - 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasRefusedForHasteIsRepeated(TestProviders provider) {
        try (FakeSmsServer server = provider.start();
                SmsClient client =
                        provider.client(server)
                                .retry(RetryPolicy.defaults().firstDelay(Duration.ofMillis(10)))
                                .build()) {
            server.fail(SmsFault.TOO_MANY_REQUESTS, SmsFault.TOO_MANY_REQUESTS);

            client.messages().send(provider.text());

            assertThat(server.sends()).hasSize(3);
            assertThat(server.accepted()).hasSize(1);
        }
    }

    @AfterAll
    static void printTheTable() {
        TABLE.forEach(System.out::println);
    }

    /** What goes wrong when the provider has the text already. */
    enum AfterAccepting {
        ERROR {
            @Override
            void begin(FakeSmsServer server) {
                server.fail(SmsFault.ERROR_AFTER_ACCEPTING);
            }
        },
        DROP {
            @Override
            void begin(FakeSmsServer server) {
                server.fail(SmsFault.DROP_AFTER_ACCEPTING);
            }
        },
        GARBAGE {
            @Override
            void begin(FakeSmsServer server) {
                server.fail(SmsFault.GARBAGE_AFTER_ACCEPTING);
            }
        },
        SILENCE {
            @Override
            void begin(FakeSmsServer server) {
                server.fail(SmsFault.SILENCE_AFTER_ACCEPTING);
            }
        },
        LATE_HEAD {
            @Override
            void begin(FakeSmsServer server) {
                server.slow(Duration.ofMinutes(1));
            }
        },
        DRIPPING_BODY {
            @Override
            void begin(FakeSmsServer server) {
                server.drip(Duration.ofMillis(200));
            }
        };

        abstract void begin(FakeSmsServer server);

        /** Tells whether only a deadline ends it. */
        boolean neverEnds() {
            return compareTo(SILENCE) >= 0;
        }
    }
}
