package io.github.pbxsdk.sms.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.RawFields;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FormTest {

    @Property
    void encodesAsJavaDoes(@ForAll String name, @ForAll String value) {
        assertThat(new Form().add(name, value).query())
                .isEqualTo(encoded(name) + "=" + encoded(value));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void encodesEveryAsciiCharacterAsJavaDoes() {
        StringBuilder ascii = new StringBuilder();
        for (char unit = 0; unit < 0x80; unit++) {
            ascii.append(unit);
        }

        assertThat(new Form().add("a", ascii.toString()).query())
                .isEqualTo("a=" + encoded(ascii.toString()));
    }

    @Test
    void isReadAsItWasWritten() {
        String form =
                new Form().add("To", "+61 491").add("Body", "a&b=ü €").add("Empty", "").query();

        assertThat(form).isEqualTo("To=%2B61+491&Body=a%26b%3D%C3%BC+%E2%82%AC&Empty=");
        assertThat(Form.parse(form))
                .isEqualTo(
                        RawFields.builder()
                                .add("To", "+61 491")
                                .add("Body", "a&b=ü €")
                                .add("Empty", "")
                                .build());
    }
}
