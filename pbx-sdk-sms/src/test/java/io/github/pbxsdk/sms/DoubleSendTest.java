package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a provider does wrong: one call is one request on the wire. */
class DoubleSendTest {

    private static final Duration DEADLINE = Duration.ofMillis(700);

    private static final List<String> TABLE = new ArrayList<>();

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (TestProviders provider : TestProviders.values()) {
            for (AfterAccepting fault : AfterAccepting.values()) {
                for (Door door : fault.doors()) {
                    cases.add(Arguments.of(provider, fault, door));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCallIsOneRequestOnTheWire(TestProviders provider, AfterAccepting fault, Door door) {
        try (FakeSmsServer server = provider.start();
                SmsClient client = provider.client(server).build()) {
            door.send(client, provider.text());
            fault.begin(server);
            SmsClient keyed = client.with(options(fault));

            PbxException failure =
                    catchThrowableOfType(
                            PbxException.class, () -> door.send(keyed, provider.text()));

            assertThat(failure.mayHaveBeenSent()).isTrue();
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

    private static CallOptions options(AfterAccepting fault) {
        CallOptions key = CallOptions.idempotencyKey("appointment-1214");
        return fault.neverEnds() ? key.withDeadline(DEADLINE) : key;
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
                server.slow(DEADLINE.multipliedBy(20));
            }
        },
        DRIPPING_BODY {
            @Override
            void begin(FakeSmsServer server) {
                server.drip(DEADLINE.dividedBy(3));
            }
        };

        abstract void begin(FakeSmsServer server);

        /** Both doors wait for a deadline in the same way, which takes its time. */
        List<Door> doors() {
            return compareTo(SILENCE) > 0 ? List.of(Door.BLOCKING) : List.of(Door.values());
        }

        /** Tells whether only a deadline ends it. */
        boolean neverEnds() {
            return compareTo(SILENCE) >= 0;
        }
    }
}
