package io.github.pbxsdk.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.GatewayLimits.Feature;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayLimitsTest {

    private static final GatewayLimits DEFAULTS = GatewayLimits.builder().build();
    private static final ExtensionNumber BOB = Address.extension("102");

    @Test
    void aPlainTextPassesByDefault() {
        assertThat(DEFAULTS.objection(plain().build())).isEmpty();
        assertThatNoException().isThrownBy(() -> DEFAULTS.check(plain().build()));
    }

    @Test
    void aReceivedMessageIsNotSentOn() {
        TextMessage received = TextMessage.builder(Direction.INBOUND).addTo(BOB).build();

        assertThat(DEFAULTS.objection(received).orElseThrow()).contains("reply(...)");
    }

    @Test
    void recipientsAreCounted() {
        GatewayLimits two = GatewayLimits.builder().maxRecipients(2).build();
        TextMessage toTwo = plain().addTo(Address.extension("103")).build();

        assertThat(DEFAULTS.objection(plain().to(List.of()).build()))
                .contains("it has no recipient");
        assertThat(DEFAULTS.objection(toTwo))
                .contains("it has 2 recipients, and at most 1 are possible");
        assertThat(two.objection(toTwo)).isEmpty();
    }

    @Test
    void kindsOfRecipientsAreToldApart() {
        GatewayLimits phones =
                GatewayLimits.builder().recipientKinds(Kind.PHONE_NUMBER, Kind.SHORT_CODE).build();

        assertThat(phones.objection(plain().build()))
                .contains("no message can be sent to 102 (EXTENSION)");
        assertThat(phones.objection(to(Address.phone("+61491570156")))).isEmpty();
        assertThat(DEFAULTS.objection(to(Address.senderName("Bank")))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"1023, true", "1024, false"})
    void bytesOfTheTextAreCounted(int length, boolean possible) {
        GatewayLimits asterisk = GatewayLimits.builder().maxTextBytes(1023).build();

        assertThat(asterisk.objection(plain().text("a".repeat(length)).build()).isEmpty())
                .isEqualTo(possible);
    }

    @Test
    void bytesAreThoseOfUtf8() {
        GatewayLimits four = GatewayLimits.builder().maxTextBytes(4).build();

        assertThat(four.objection(plain().text("😀").build())).isEmpty();
        assertThat(four.objection(plain().text("😀a").build()))
                .contains("its text has 5 bytes, and at most 4 are possible");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/*", "*/*", "IMAGE/PNG"})
    void filesPassByTheirType(String allowed) {
        GatewayLimits limits = GatewayLimits.builder().mediaTypes(List.of(allowed)).build();
        TextMessage picture =
                plain().addMedia(MediaItem.of(new byte[1], "Image/PNG; name=x")).build();

        assertThat(limits.objection(picture)).isEmpty();
        assertThat(DEFAULTS.objection(picture).orElseThrow()).contains("no file of this type");
    }

    @Test
    void aFileOfUnknownTypePassesOnlyWhereAllDo() {
        TextMessage unknown =
                plain().addMedia(MediaItem.of(URI.create("https://a.example/x"))).build();

        assertThat(
                        GatewayLimits.builder()
                                .mediaTypes(List.of("image/*"))
                                .build()
                                .objection(unknown))
                .isPresent();
        assertThat(GatewayLimits.builder().mediaTypes(List.of("*/*")).build().objection(unknown))
                .isEmpty();
    }

    @Test
    void nothingIsDroppedInSilence() {
        assertNeeds(Feature.SCHEDULE, plain().scheduledAt(Instant.EPOCH), "scheduledAt(...)");
        assertNeeds(Feature.VALIDITY, plain().validFor(Duration.ofMinutes(5)), "validFor(...)");
        assertNeeds(Feature.ATTRIBUTES, plain().putAttribute("a", "1"), "attributes(...)");
    }

    @Test
    void aSenderIsAskedForWhereItIsNeeded() {
        GatewayLimits ari = GatewayLimits.builder().addFeature(Feature.NEEDS_SENDER).build();

        assertThat(ari.objection(plain().build())).contains("it has no sender; set from(...)");
        assertThat(ari.objection(plain().from(Address.extension("101")).build())).isEmpty();
    }

    @Test
    void aRefusalSaysWhatAndWhyWithoutPersonalData() {
        TextMessage message =
                TextMessage.to(Address.phone("+61491570156"), BOB).text("secret").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.check(message))
                .withMessageContainingAll("2 recipients", "+6149•••0156")
                .withMessageNotContainingAny("secret", "+61491570156");
    }

    @Test
    void limitsAreAtLeastOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayLimits.builder().maxTextBytes(0))
                .withMessageContaining("maxTextBytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayLimits.builder().maxRecipients(0))
                .withMessageContaining("maxRecipients");
    }

    @Test
    void tellsWhatIsPossible() {
        GatewayLimits limits =
                GatewayLimits.builder()
                        .maxTextBytes(1023)
                        .recipientKinds(Kind.EXTENSION)
                        .addFeature(Feature.RECEIVE)
                        .build();

        assertThat(limits.maxTextBytes()).hasValue(1023);
        assertThat(DEFAULTS.maxTextBytes()).isEmpty();
        assertThat(limits.recipientKinds()).containsExactly(Kind.EXTENSION);
        assertThat(limits.features()).containsExactly(Feature.RECEIVE);
        assertThat(limits.mediaTypes()).isEmpty();
    }

    private static void assertNeeds(Feature feature, TextMessage.Builder builder, String hint) {
        TextMessage message = builder.build();
        GatewayLimits able = GatewayLimits.builder().addFeature(feature).build();

        assertThat(able.objection(message)).isEmpty();
        assertThat(DEFAULTS.objection(message).orElseThrow()).contains(hint);
    }

    private static TextMessage.Builder plain() {
        return TextMessage.to(BOB).text("Hello");
    }

    private static TextMessage to(Address address) {
        return TextMessage.to(address).text("Hello").build();
    }
}
