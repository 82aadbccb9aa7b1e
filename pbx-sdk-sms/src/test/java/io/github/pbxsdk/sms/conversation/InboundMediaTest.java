package io.github.pbxsdk.sms.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.provider.TwilioSms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundMediaTest {

    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 1, 2};

    private final FileServer server = new FileServer();

    @AfterEach
    void close() {
        server.close();
    }

    private MediaItem at(String host, String path) {
        return MediaItem.of(URI.create("http://" + host + ":" + server.port() + path));
    }

    private static InboundMedia.Builder near() {
        return InboundMedia.builder().privateHost("127.0.0.1");
    }

    @Test
    void fetchesAPictureWhateverItsServerCallsIt() throws IOException {
        server.file("/a.jpg?token=1", JPEG);
        try (InboundMedia media = near().build()) {
            MediaItem fetched = media.fetch(at("127.0.0.1", "/a.jpg?token=1"));

            assertThat(MessageStoreBehaviour.bytes(fetched)).isEqualTo(JPEG);
            assertThat(fetched.contentType()).contains("image/jpeg");
        }
    }

    @Test
    void leavesAloneWhatHasItsContent() {
        MediaItem whole = MediaItem.of(JPEG, "image/jpeg");
        try (InboundMedia media = near().build()) {
            assertThat(media.fetch(whole)).isSameAs(whole);
        }
    }

    @Test
    void stopsReadingWhatIsTooLong() {
        server.file("/a.jpg", new byte[100_001]);
        server.file("/b.jpg", new byte[100_000]);
        try (InboundMedia media = near().maxBytes(100_000).build()) {
            assertThatThrownBy(() -> media.fetch(at("127.0.0.1", "/a.jpg")))
                    .isInstanceOf(PbxException.class)
                    .hasMessageContaining("100000 bytes");
            assertThat(media.fetch(at("127.0.0.1", "/b.jpg")).canOpen()).isTrue();
        }
    }

    @Test
    void credentialsStayWithTheirHostAlsoAfterARedirect() {
        server.redirect("/a", "http://localhost:" + server.port() + "/b");
        server.file("/b", JPEG);
        try (InboundMedia media =
                near().privateHost("localhost")
                        .host("127.0.0.1", Credentials.of("AC1", "12345"))
                        .build()) {
            media.fetch(at("127.0.0.1", "/a"));

            assertThat(server.requests.get(0)).contains("Authorization: Basic QUMxOjEyMzQ1");
            assertThat(server.requests.get(1))
                    .contains("GET /b")
                    .doesNotContainIgnoringCase("Authorization");
        }
    }

    @Test
    void aRedirectLeadsNowhereElse() {
        server.redirect("/a", "http://localhost:" + server.port() + "/b");
        server.redirect("/round", "/round");
        try (InboundMedia media = near().build()) {
            assertThatThrownBy(() -> media.fetch(at("127.0.0.1", "/a")))
                    .isInstanceOf(PbxException.class)
                    .hasMessageContaining("nobody has named the host localhost");
            assertThatThrownBy(() -> media.fetch(at("127.0.0.1", "/round")))
                    .hasMessageContaining("on and on");
            assertThat(server.requests).hasSize(7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://files.example.com/a",
                "https://example.com/a",
                "https://a.b.example.com/a",
                "https://files.example.com.evil.example/a",
                "https://user@files.example.com/a",
                "ftp://files.example.com/a",
                "file:///etc/passwd"
            })
    void goesNowhereThatWasNotNamed(String url) {
        try (InboundMedia media = InboundMedia.builder().host("*.example.com").build()) {
            assertThatThrownBy(() -> media.fetch(MediaItem.of(URI.create(url))))
                    .isInstanceOf(PbxException.class)
                    .hasMessageStartingWith("the file was not fetched");
        }
    }

    /** The name is allowed, and what it means is not: this is looked at when connecting. */
    @Test
    void aNameThatLeadsIntoOurNetworkIsNotConnectedTo() {
        try (InboundMedia media =
                InboundMedia.builder().host("localhost").host("127.0.0.1").build()) {
            for (String host : List.of("localhost", "127.0.0.1")) {
                URI url = URI.create("https://" + host + ":" + server.port() + "/a.jpg");

                assertThatThrownBy(() -> media.fetch(MediaItem.of(url)))
                        .isInstanceOf(PbxException.class)
                        .hasStackTraceContaining("must not be connected to");
            }
            assertThat(server.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, true",
        "100.63.0.1, true",
        "2606:4700::1, true",
        "127.0.0.1, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "100.64.0.1, false",
        "0.0.0.0, false",
        "192.0.0.8, false",
        "198.18.0.1, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "::1, false",
        "::, false",
        "fe80::1, false",
        "fd00::1, false",
        "64:ff9b::a00:1, false",
        "2002:a00:1::, false",
        "::ffff:10.0.0.1, false"
    })
    void knowsTheInternet(String address, boolean isPublic) throws IOException {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isEqualTo(isPublic);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GIF89a..........|image/gif",
                "RIFF....WEBPVP8 |image/webp",
                "....ftypheic....|image/heic",
                "....ftypisom....|video/mp4",
                "....ftyp3gp5....|video/3gpp",
                "#!AMR...........|audio/amr",
                "%PDF-1.7........|application/pdf",
                "<html>..........|application/octet-stream"
            })
    void knowsFilesByTheirFirstBytes(String content, String type) {
        assertThat(FileType.of(content.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(type);
    }

    @Test
    void aFileIsFetchedOnceAndKept() throws IOException {
        server.file("/a.jpg", JPEG);
        MessageStore store = MessageStore.inMemory();
        try (InboundMedia media = near().build();
                SmsClient client =
                        SmsClient.builder()
                                .provider(
                                        TwilioSms.builder()
                                                .credentials(Credentials.of("AC1", "12345"))
                                                .build())
                                .build()) {
            Conversations conversations =
                    Conversations.builder().client(client).store(store).media(media).build();
            conversations.record(
                    new MessageReceivedEvent(
                            client.origin(),
                            TextMessage.builder(Direction.INBOUND)
                                    .from(Address.phone("+61491570156"))
                                    .addMedia(at("127.0.0.1", "/a.jpg"))
                                    .build()));
            StoredMessage message = store.list(MessageQuery.all()).get(0);
            assertThat(server.requests).as("never by itself").isEmpty();

            conversations.file(message, 0);
            server.close();

            assertThat(MessageStoreBehaviour.bytes(conversations.file(message, 0))).isEqualTo(JPEG);
            assertThat(server.requests).hasSize(1);
            assertThat(conversations.erase(Address.phone("+61491570156")))
                    .isEqualTo(new Erasure(1, 1, 1, 0));
        }
    }

    @Test
    void somebodyMustBeNamed() {
        assertThatThrownBy(() -> InboundMedia.builder().build())
                .isInstanceOf(IllegalStateException.class);
    }
}
