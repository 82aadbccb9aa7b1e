package io.github.pbxsdk.sip;

import static io.github.pbxsdk.sip.TestClients.credentials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.testing.sip.FakeSip;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceRecordsTest {

    private static final String DOMAIN = "example.test";

    private FakeDns dns;

    @BeforeEach
    void start() throws SocketException {
        dns = new FakeDns();
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    private List<HostAndPort> find(SipTransport transport) {
        return new ServiceRecords(dns.url(), DOMAIN, transport).find();
    }

    private static HostAndPort at(String host, int port) {
        return new HostAndPort(host, port);
    }

    @Test
    void theLowestPriorityComesFirst() {
        dns.srv("_sip._udp." + DOMAIN, 20, 0, 5070, "second.test");
        dns.srv("_sip._udp." + DOMAIN, 10, 0, 5060, "first.test");

        assertThat(find(SipTransport.UDP))
                .containsExactly(at("first.test", 5060), at("second.test", 5070));
    }

    @Test
    void theWeightMakesTheFirstPlaceMoreLikely() {
        dns.srv("_sip._tcp." + DOMAIN, 10, 1, 5060, "light.test");
        dns.srv("_sip._tcp." + DOMAIN, 10, 30_000, 5060, "heavy.test");
        ServiceRecords records = new ServiceRecords(dns.url(), DOMAIN, SipTransport.TCP);

        Set<HostAndPort> first = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            first.add(records.find().get(0));
        }
        // Against it stands a chance of 1 : 1500.
        assertThat(first).containsExactly(at("heavy.test", 5060));
    }

    @Test
    void eachTransportHasItsOwnName() {
        dns.srv("_sips._tcp." + DOMAIN, 10, 0, 5061, "secure.test");

        assertThat(find(SipTransport.TLS)).containsExactly(at("secure.test", 5061));
        assertThat(find(SipTransport.TCP)).isEmpty();
        assertThat(dns.asked()).contains("SRV _sip._tcp." + DOMAIN);
    }

    @Test
    void theDomainMayPointToAnotherName() {
        dns.naptr(DOMAIN, 10, 50, "SIP+D2T", "_sip._tcp.farm.test");
        dns.naptr(DOMAIN, 20, 50, "SIP+D2U", "_sip._udp.later.test");
        dns.naptr(DOMAIN, 10, 50, "SIP+D2U", "_sip._udp.farm.test");
        dns.srv("_sip._udp.farm.test", 10, 0, 5060, "node1.test");
        dns.srv("_sip._udp." + DOMAIN, 10, 0, 5060, "not-this.test");

        assertThat(find(SipTransport.UDP)).containsExactly(at("node1.test", 5060));
    }

    @Test
    void aDomainWithoutServersOrServiceHasNone() {
        dns.srv("_sip._udp." + DOMAIN, 0, 0, 0, "");

        assertThat(find(SipTransport.UDP)).isEmpty();
        assertThat(find(SipTransport.TCP)).isEmpty();
        assertThat(new ServiceRecords(dns.url(), "192.0.2.1", SipTransport.UDP).find()).isEmpty();
        assertThat(new ServiceRecords(dns.url(), DOMAIN, SipTransport.WSS).find()).isEmpty();
    }

    @Test
    void aDnsThatFallsSilentLeavesTheLastAnswer() {
        dns.srv("_sip._udp." + DOMAIN, 10, 0, 5060, "first.test");
        ServiceRecords records = new ServiceRecords(dns.url(), DOMAIN, SipTransport.UDP);
        records.find();
        dns.fallSilent();

        assertThat(records.find()).containsExactly(at("first.test", 5060));
    }

    @Test
    void aNewConnectionGoesWhereTheDnsPointsNow() {
        try (FakeSip before = FakeSip.asterisk22();
                FakeSip after = FakeSip.asterisk22();
                SipClient sip =
                        SipClient.builder()
                                .server(DOMAIN)
                                .nameServer(dns.url())
                                .transport(SipTransport.TCP)
                                .reconnect(
                                        ReconnectOptions.defaults()
                                                .firstDelay(Duration.ofMillis(20)))
                                .build()) {
            dns.srv("_sip._tcp." + DOMAIN, 10, 0, before.tcp().getPort(), "localhost");
            Registration registration = sip.register("1001", credentials("1001"));
            assertThat(before.devices("1001")).hasSize(1);

            dns.forget("_sip._tcp." + DOMAIN);
            dns.srv("_sip._tcp." + DOMAIN, 10, 0, after.tcp().getPort(), "localhost");
            before.cut();

            after.awaitRegistered("1001");
            await().until(registration::isRegistered);
        }
    }

    @Test
    void theNextServerIsTriedWhenOneIsAway() {
        try (FakeSip away = FakeSip.asterisk22();
                FakeSip there = FakeSip.asterisk22();
                SipClient sip =
                        SipClient.builder()
                                .server(DOMAIN)
                                .nameServer(dns.url())
                                .transport(SipTransport.TCP)
                                .build()) {
            dns.srv("_sip._tcp." + DOMAIN, 10, 0, away.tcp().getPort(), "localhost");
            dns.srv("_sip._tcp." + DOMAIN, 20, 0, there.tcp().getPort(), "localhost");
            away.stopListening();

            assertThat(sip.register("1001", credentials("1001")).isRegistered()).isTrue();
            assertThat(there.devices("1001")).hasSize(1);
        }
    }
}
