package io.github.pbxsdk.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaItemTest {

    @Test
    void ofBytesOpensAsOftenAsAsked() throws IOException {
        MediaItem item = MediaItem.of(new byte[] {1, 2, 3}, "image/png");

        assertThat(readAll(item)).containsExactly(1, 2, 3);
        assertThat(readAll(item)).containsExactly(1, 2, 3);
        assertThat(item.length()).hasValue(3);
        assertThat(item.contentType()).contains("image/png");
    }

    @Test
    void ofBytesDoesNotChangeWithTheCallersArray() throws IOException {
        byte[] bytes = {1, 2, 3};
        MediaItem item = MediaItem.of(bytes, "image/png");

        bytes[0] = 9;

        assertThat(readAll(item)).containsExactly(1, 2, 3);
    }

    @Test
    void ofAnAddressIsNotFetched() {
        MediaItem item = MediaItem.of(URI.create("https://a.example/x.png"));

        assertThat(item.url()).contains(URI.create("https://a.example/x.png"));
        assertThat(item.canOpen()).isFalse();
        assertThat(item.length()).isEmpty();
        assertThatIllegalStateException().isThrownBy(item::open).withMessageContaining("url()");
    }

    @Test
    void ofAStreamKnowsItsLengthWithoutOpening() throws IOException {
        MediaItem item =
                MediaItem.builder().stream(() -> new ByteArrayInputStream(new byte[] {7}), 1)
                        .build();

        assertThat(item.length()).hasValue(1);
        assertThat(readAll(item)).containsExactly(7);
    }

    @Test
    void mayHaveAnAddressAndSomethingThatFetchesIt() throws IOException {
        MediaItem item =
                MediaItem.builder().url(URI.create("https://a.example/x")).stream(
                                () -> new ByteArrayInputStream(new byte[] {7}))
                        .build();

        assertThat(item.canOpen()).isTrue();
        assertThat(item.length()).isEmpty();
        assertThat(readAll(item)).containsExactly(7);
    }

    @Test
    void takesTheLastContentThatWasSet() throws IOException {
        MediaItem.Builder builder =
                MediaItem.builder().bytes(new byte[] {1, 2}).stream(InputStream::nullInputStream);

        assertThat(readAll(builder.build())).isEmpty();
        assertThat(builder.build().length()).isEmpty();
        assertThat(readAll(builder.bytes(new byte[] {5}).build())).containsExactly(5);
    }

    @Test
    void asksForAnAddressOrAContent() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MediaItem.builder().name("x").build())
                .withMessageContaining("url(...), bytes(...) or stream(...)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MediaItem.builder().stream(InputStream::nullInputStream, -1));
    }

    @ParameterizedTest
    @CsvSource({
        "a.jpg, a.jpg",
        "../../etc/passwd, passwd",
        "C:\\temp\\a.jpg, a.jpg",
        "'a\nb\t.jpg', ab.jpg",
        "' a.jpg ', a.jpg"
    })
    void keepsOfANameOnlyWhatIsNoFolder(String given, String kept) {
        assertThat(MediaItem.builder().bytes(new byte[0]).name(given).build().name())
                .contains(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "..", "a/..", "a/.", "/", "a\\", "\u0000"})
    void hasNoNameWhereNothingIsLeftOfIt(String given) {
        assertThat(MediaItem.builder().bytes(new byte[0]).name(given).build().name()).isEmpty();
    }

    @Test
    void showsNeitherAddressNorNameInLogs() {
        MediaItem item =
                MediaItem.builder()
                        .url(URI.create("https://a.example/x?token=secret"))
                        .name("Jane Citizen.jpg")
                        .contentType("image/jpeg")
                        .build();

        assertThat(item).hasToString("MediaItem[image/jpeg, by address]");
    }

    @Test
    void isEqualByWhatItHolds() {
        MediaItem item = MediaItem.of(new byte[] {1}, "image/png");

        assertThat(item)
                .isEqualTo(MediaItem.of(new byte[] {1}, "image/png"))
                .hasSameHashCodeAs(MediaItem.of(new byte[] {1}, "image/png"))
                .isNotEqualTo(MediaItem.of(new byte[] {2}, "image/png"))
                .isNotEqualTo(MediaItem.of(new byte[] {1}, "image/gif"));
    }

    private static byte[] readAll(MediaItem item) throws IOException {
        try (InputStream stream = item.open()) {
            return stream.readAllBytes();
        }
    }
}
