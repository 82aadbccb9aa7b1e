package io.github.pbxsdk.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaNamesTest {

    @ParameterizedTest
    @CsvSource({
        "Hangup, Hangup, hangup",
        "PJSIPShowEndpoints, PjsipShowEndpoints, pjsipShowEndpoints",
        "DBGet, DbGet, dbGet",
        "AOC-D, AocD, aocD",
        "RTCPSent, RtcpSent, rtcpSent",
        "CallerIDNum, CallerIdNum, callerIdNum",
        "T38UdptlEc, T38UdptlEc, t38UdptlEc",
        "UnitAmount(0), UnitAmount0, unitAmount0"
    })
    void acronymsAreWords(String wire, String type, String member) {
        assertThat(JavaNames.type(wire)).isEqualTo(type);
        assertThat(JavaNames.member(wire)).isEqualTo(member);
    }
}
