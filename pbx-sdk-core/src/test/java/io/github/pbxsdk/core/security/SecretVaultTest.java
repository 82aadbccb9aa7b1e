package io.github.pbxsdk.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.security.SecretVaultException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretVaultTest {

    private static final SecretField FIELD = SecretField.of("acme", "pbx-7", "ami.secret");
    private static final VaultKey OLD = key("2025", 0);
    private static final VaultKey NEW = key("2026-11", 100);
    private static final String SECRET = "s3cret-ü-🎧";

    private final SecretVault vault = SecretVault.of(NEW, OLD);

    /** A key of bytes that count, so that golden texts stay reproducible. */
    static VaultKey key(String id, int first) {
        byte[] bytes = new byte[32];
        IntStream.range(0, 32).forEach(i -> bytes[i] = (byte) (first + i));
        return VaultKey.of(id, bytes);
    }

    @Test
    void opensWhatItSealed() {
        assertThat(vault.open(FIELD, vault.seal(FIELD, SECRET))).isEqualTo(SECRET);
        assertThat(vault.open(FIELD, vault.seal(FIELD, ""))).isEmpty();
    }

    @Test
    void sealedTextNamesFormatAndKeyAndHidesTheSecret() {
        assertThat(vault.seal(FIELD, "plainly"))
                .matches("pbx1\\.2026-11\\.[A-Za-z0-9_-]{16}\\.[A-Za-z0-9_-]{31}")
                .doesNotContain("plainly");
    }

    @Test
    void sameSecretSealsToAnotherTextEachTime() {
        assertThat(vault.seal(FIELD, SECRET)).isNotEqualTo(vault.seal(FIELD, SECRET));
    }

    @Test
    void everyChangedCharacterIsRefused() {
        String sealed = vault.seal(FIELD, SECRET);
        List<Kind> kinds = new ArrayList<>();
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            kinds.add(kindOf(sealed.substring(0, i) + other + sealed.substring(i + 1)));
        }

        assertThat(kinds).hasSize(sealed.length()).contains(Kind.DAMAGED_OR_MOVED);
    }

    @Test
    void bitsThatBase64LeavesUnusedMayNotBeChangedEither() {
        String sealed = vault.seal(FIELD, "x");
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(sealed.charAt(sealed.length() - 1));
        String changed = sealed.substring(0, sealed.length() - 1) + alphabet.charAt(last ^ 1);

        assertThat(kindOf(changed)).isEqualTo(Kind.NOT_SEALED);
    }

    @Property(tries = 500)
    void everyCutTextIsRefused(@ForAll @IntRange(min = 0, max = 1_000) int at) {
        String sealed = vault.seal(FIELD, SECRET);

        assertThat(kindOf(sealed.substring(0, at % sealed.length())))
                .isIn(Kind.NOT_SEALED, Kind.DAMAGED_OR_MOVED);
    }

    @ParameterizedTest
    @CsvSource({
        "other, pbx-7, ami.secret",
        "acme, pbx-8, ami.secret",
        "acme, pbx-7, ari.secret",
        "'', pbx-7, ami.secret",
        // The same letters, cut at another place.
        "acmep, bx-7, ami.secret",
        "acme, pbx-7a, mi.secret",
    })
    void textMovedToAnotherPlaceIsRefused(String tenant, String instance, String field) {
        SecretField elsewhere = SecretField.of(tenant, instance, field);
        String sealed = vault.seal(FIELD, SECRET);

        assertThatThrownBy(() -> vault.open(elsewhere, sealed))
                .isInstanceOfSatisfying(
                        SecretVaultException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED_OR_MOVED))
                .hasMessage(
                        elsewhere
                                + " does not open with key 2026-11: it was changed, or sealed for"
                                + " another tenant, instance or field, or with another key of that"
                                + " id");
    }

    @Test
    void textUnderTheIdOfAnotherKeyIsRefused() {
        String sealed = vault.seal(FIELD, SECRET).replace("2026-11", "2025");

        assertThat(kindOf(sealed)).isEqualTo(Kind.DAMAGED_OR_MOVED);
    }

    @Test
    void unknownKeyIsNamed() {
        String sealed = SecretVault.of(key("2019", 7)).seal(FIELD, SECRET);

        assertThatThrownBy(() -> vault.open(FIELD, sealed))
                .isInstanceOfSatisfying(
                        SecretVaultException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_KEY))
                .hasMessage(
                        "field \"ami.secret\" of instance \"pbx-7\" of tenant \"acme\" is sealed"
                                + " with key 2019, which this vault does not have");
    }

    @Test
    void newerFormatIsRefusedWithASentence() {
        assertThatThrownBy(() -> vault.open(FIELD, "pbx2.2026-11.something.else.altogether"))
                .isInstanceOfSatisfying(
                        SecretVaultException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.NEWER_FORMAT))
                .hasMessageEndingWith(
                        "is sealed in format pbx2; this version of pbx-sdk reads pbx1: update it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "pbx",
                "pbx1",
                "pbx1...",
                "pbx0.a.b.c",
                "pbx1.2026-11.AAAA",
                "pbx1.2026-11.AAAAAAAAAAAAAAAA.AAAA",
                "pbx1.2026-11.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAA",
                "pbx1.2026 11.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "pbx1.2026-11.AAAAAAAAAAAAAAA=.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNotSealedIsRefused(String text) {
        assertThat(kindOf(text)).isEqualTo(Kind.NOT_SEALED);
    }

    @Test
    void failureNeverShowsTheSealedTextOrTheKey() {
        String sealed = vault.seal(SecretField.of("other", "", "x"), SECRET);

        assertThatThrownBy(() -> vault.open(FIELD, sealed))
                .message()
                .doesNotContain(sealed.substring(20), NEW.encoded(), SECRET);
        assertThat(vault + " " + NEW).doesNotContain(NEW.encoded());
    }

    @Test
    void rotatedKeyStillOpensAndTheNewKeySeals() {
        String before = SecretVault.of(OLD).seal(FIELD, SECRET);

        assertThat(vault.open(FIELD, before)).isEqualTo(SECRET);
        assertThat(vault.seal(FIELD, SECRET)).startsWith("pbx1.2026-11.");
    }

    @Test
    void resealCarriesOldTextsOverToTheNewKey() {
        String before = SecretVault.of(OLD).seal(FIELD, SECRET);
        assertThat(vault.needsReseal(FIELD, before)).isTrue();

        String after = vault.reseal(FIELD, before);

        assertThat(vault.needsReseal(FIELD, after)).isFalse();
        assertThat(SecretVault.of(NEW).open(FIELD, after)).isEqualTo(SECRET);
        assertThat(vault.reseal(FIELD, after)).isSameAs(after);
    }

    @Test
    void keysOfACallbackAreAskedEachTime() {
        List<VaultKey> known = new ArrayList<>(List.of(OLD));
        SecretVault asking = SecretVault.of(new LastSeals(known));
        String before = asking.seal(FIELD, SECRET);
        known.add(NEW);

        assertThat(asking.needsReseal(FIELD, before)).isTrue();
        assertThat(asking.open(FIELD, before)).isEqualTo(SECRET);
        assertThat(asking.seal(FIELD, SECRET)).startsWith("pbx1.2026-11.");
    }

    @Test
    void callbackThatGivesAnotherKeyIsFoundOut() {
        SecretVault confused =
                SecretVault.of(
                        new VaultKeys() {
                            @Override
                            public VaultKey current() {
                                return NEW;
                            }

                            @Override
                            public Optional<VaultKey> find(String keyId) {
                                return Optional.of(OLD);
                            }
                        });
        String sealed = confused.seal(FIELD, SECRET);

        assertThatThrownBy(() -> confused.open(FIELD, sealed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("asked for key 2026-11, the VaultKeys gave key 2025");
    }

    @Test
    void twoKeysOfOneIdAreRefused() {
        assertThatThrownBy(() -> SecretVault.of(NEW, key("2026-11", 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two keys have the id 2026-11");
    }

    @Test
    void halfACharacterIsRefusedInsteadOfChanged() {
        assertThatThrownBy(() -> vault.seal(FIELD, "x\ud83c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("half a character");
        assertThatThrownBy(() -> vault.seal(SecretField.of("\udfa7", "", "x"), SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the tenant holds half a character");
    }

    @Test
    void tellsSealedTextsFromPlainOnes() {
        assertThat(SecretVault.isSealed(vault.seal(FIELD, SECRET))).isTrue();
        assertThat(SecretVault.isSealed("pbx2.anything")).isTrue();
        assertThat(SecretVault.isSealed("pbx.example.com")).isFalse();
        assertThat(SecretVault.isSealed("")).isFalse();
    }

    private Kind kindOf(String sealed) {
        return kindOf(() -> vault.open(FIELD, sealed));
    }

    static Kind kindOf(ThrowingCallable opening) {
        try {
            opening.call();
        } catch (SecretVaultException e) {
            return e.kind();
        } catch (Throwable e) {
            throw new AssertionError("failed in another way", e);
        }
        throw new AssertionError("opened what it must refuse");
    }

    private record LastSeals(List<VaultKey> known) implements VaultKeys {

        @Override
        public VaultKey current() {
            return known.get(known.size() - 1);
        }

        @Override
        public Optional<VaultKey> find(String keyId) {
            return known.stream().filter(key -> key.id().equals(keyId)).findFirst();
        }
    }
}
