package io.github.pbxsdk.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAddressTest {

    private static final Pattern URL =
            Pattern.compile(
                    "(?i)https?://" // scheme
                            + "(\\[[0-9a-f:.]+]|[0-9a-z._-]+)" // host
                            + "(:[12]{1,5})?" // port: what the pieces make
                            + "(/[!-\\[\\]-~&&[^?#]]*)?(\\?[!-\\[\\]-~&&[^#]]*)?"); // target

    @ParameterizedTest
    @CsvSource({
        "http://pbx.example.com, false, pbx.example.com, 80, /",
        "https://PBX.example.com/a?b=c:1, true, pbx.example.com, 443, /a?b=c:1",
        "HTTP://pbx_1.example.com:8088?q=], false, pbx_1.example.com, 8088, /?q=]",
        "http://[::1]:8088/[a]:b, false, ::1, 8088, /[a]:b",
        "https://[FE80::1.2.3.4]/, true, fe80::1.2.3.4, 443, /"
    })
    void takesAUrlApart(String url, boolean secure, String host, int port, String target) {
        assertThat(WebAddress.http(url)).isEqualTo(new WebAddress(url, secure, host, port, target));
    }

    @Test
    void aWebSocketCanBeWrittenAsHttp() {
        assertThat(WebAddress.webSocket("https://pbx.example.com/ws"))
                .isEqualTo(
                        new WebAddress(
                                "wss://pbx.example.com/ws", true, "pbx.example.com", 443, "/ws"));
    }

    @Test
    void aLetterThatOnlyLooksLikeOneOfTheSchemeIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebAddress.webSocket("w\u017f://pbx.example.com"));
    }

    @Property(tries = 5_000)
    void readsWhatHasTheForm(@ForAll("nearly") String url) {
        if (URL.matcher(url).matches()) {
            assertThat(WebAddress.http(url).text()).isEqualTo(url);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> WebAddress.http(url));
        }
    }

    /** Pieces of URLs in any order behind a scheme: every second one is readable. */
    @Provide
    Arbitrary<String> nearly() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "a", "b.c", "1", "22", ":", "[", "]", "::1", "/", "?", "#", "@", "\\", " ");
        Arbitrary<String> scheme =
                Arbitraries.of(
                        "http://", "https://", "HTTPS://", "http:/", "ws://", "http\u017f://");
        return scheme.flatMap(
                first -> pieces.list().ofMaxSize(6).map(rest -> first + String.join("", rest)));
    }
}
