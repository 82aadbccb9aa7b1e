package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.TextMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is another message under one key, and what is the same. */
class FingerprintsTest {

    private static final TextMessage TEXT =
            TextMessage.to(Address.phone("+61491570156"))
                    .from(Address.phone("+61491570110"))
                    .text("See you tomorrow")
                    .build();
    private static final byte[] ONE = {1, 2, 3};
    private static final byte[] OTHER = {1, 2, 4};

    private static TextMessage with(MediaItem file) {
        return TEXT.toBuilder().addMedia(file).build();
    }

    private static MediaItem bytes(byte[] content) {
        return MediaItem.of(content, "image/png");
    }

    private static MediaItem stream(byte[] content) {
        return MediaItem.builder().stream(() -> new ByteArrayInputStream(content)).build();
    }

    private static String fingerprintOf(TextMessage message) {
        return new Fingerprints().of(message);
    }

    @Test
    void whatStandsInLedgersIsTheSameForEver() {
        assertThat(fingerprintOf(TEXT))
                .isEqualTo("66b65825233dd66ee679363b0a7a4ee322e6726bf662b583d6f5a113b936f75b");
        assertThat(fingerprintOf(with(MediaItem.of(URI.create("https://example.org/a.png")))))
                .isEqualTo("d5921855e95cc0729c1aca34abace2be18a2544f6c047cdc55de07e06bb37e70");
    }

    @Test
    void anotherPictureIsAnotherMessage() {
        assertThat(fingerprintOf(with(bytes(ONE))))
                .isEqualTo(fingerprintOf(with(bytes(ONE.clone()))))
                .isEqualTo(fingerprintOf(with(stream(ONE))))
                .isNotEqualTo(fingerprintOf(with(bytes(OTHER))))
                .isNotEqualTo(fingerprintOf(TEXT));
    }

    @Test
    void anotherTimeIsAnotherMessage() {
        Instant nine = Instant.parse("2026-11-22T09:00:00Z");
        TextMessage planned = TEXT.toBuilder().scheduledAt(nine).build();

        assertThat(fingerprintOf(planned))
                .isEqualTo(fingerprintOf(planned.toBuilder().build()))
                .isNotEqualTo(fingerprintOf(TEXT))
                .isNotEqualTo(
                        fingerprintOf(TEXT.toBuilder().scheduledAt(nine.plusSeconds(1)).build()));
    }

    @Test
    void aPictureThatCanNotBeReadIsNotSent() {
        MediaItem gone =
                MediaItem.builder().stream(
                                () -> {
                                    throw new IOException("the disk is away");
                                })
                        .build();

        assertThatThrownBy(() -> fingerprintOf(with(gone)))
                .isInstanceOfSatisfying(
                        PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isFalse());
    }
}
