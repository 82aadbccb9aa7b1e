package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageKeyTest {

    @Test
    void leavesPlainTextReadable() {
        assertThat(StorageKey.join("pbx-1", "2026/11/21/out-102#a"))
                .isEqualTo("pbx-1|2026/11/21/out-102#a");
    }

    @Test
    void keepsPartsApart() {
        assertThat(StorageKey.join("a|b", "c")).isNotEqualTo(StorageKey.join("a", "b|c"));
        assertThat(StorageKey.join("a", "")).isNotEqualTo(StorageKey.join("a"));
    }

    @Test
    void keepsHalfACharacterFromABrokenPeer() {
        assertThat(StorageKey.escape("\ud83d")).isEqualTo("%D83D");
        assertThat(StorageKey.unescape("%D83D")).isEqualTo("\ud83d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%00", "a%12", "%+041", "%zzzz"})
    void refusesADamagedKey(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> StorageKey.unescape(key));
    }

    @Property
    void givesAnyTextBack(@ForAll String text) {
        String key = StorageKey.escape(text);

        assertThat(StorageKey.unescape(key)).isEqualTo(text);
        assertThat(key).matches("[!-~]*").doesNotContain("|");
    }

    @Property
    void differentPartsNeverGiveTheSameKey(
            @ForAll @Size(min = 1, max = 3) List<String> some,
            @ForAll @Size(min = 1, max = 3) List<String> others) {
        String one = StorageKey.join(some.toArray(String[]::new));
        String other = StorageKey.join(others.toArray(String[]::new));

        assertThat(one.equals(other)).isEqualTo(some.equals(others));
    }
}
