package io.github.pbxsdk.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RawFieldsTest {

    @Test
    void keepsOrderRepeatsAndCase() {
        RawFields fields =
                RawFields.builder().add("Via", "1").add("To", "").add("via", "2").build();

        assertThat(fields.list())
                .containsExactly(
                        new RawFields.Field("Via", "1"),
                        new RawFields.Field("To", ""),
                        new RawFields.Field("via", "2"));
    }

    @Test
    void findsByNameInWhateverCase() {
        RawFields fields =
                RawFields.builder().add("Via", "1").add("To", "").add("via", "2").build();

        assertThat(fields.find("VIA")).contains("1");
        assertThat(fields.all("VIA")).containsExactly("1", "2");
        assertThat(fields.find("to")).contains("");
        assertThat(fields.find("From")).isEmpty();
        assertThat(fields.all("From")).isEmpty();
    }

    @Test
    void takesAMapInItsOrder() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("z", "1");
        map.put("a", "2");

        assertThat(RawFields.of(map).list())
                .extracting(RawFields.Field::name)
                .containsExactly("z", "a");
        assertThat(RawFields.of(Map.of())).isEqualTo(RawFields.empty());
    }

    @Test
    void doesNotChangeWithItsBuilder() {
        RawFields.Builder builder = RawFields.builder().add("a", "1");
        RawFields fields = builder.build();

        builder.add("b", "2");

        assertThat(fields.list()).hasSize(1);
        assertThat(fields.isEmpty()).isFalse();
        assertThat(fields).isNotEqualTo(builder.build());
    }

    @Test
    void showsNoValueInLogs() {
        assertThat(RawFields.of(Map.of("Authorization", "Digest secret")))
                .hasToString("[Authorization]");
    }
}
