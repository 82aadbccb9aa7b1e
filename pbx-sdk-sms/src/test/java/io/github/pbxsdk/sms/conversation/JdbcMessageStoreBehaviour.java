package io.github.pbxsdk.sms.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.security.SecretVault;
import io.github.pbxsdk.core.security.VaultKey;
import io.github.pbxsdk.core.state.StateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What every store in a database does. */
abstract class JdbcMessageStoreBehaviour extends MessageStoreBehaviour {

    private static final AtomicInteger STORES = new AtomicInteger();

    abstract DataSource dataSource();

    @Override
    MessageStore open() {
        return opener(fresh()).open();
    }

    private static String fresh() {
        return "t" + STORES.incrementAndGet() + "_";
    }

    private JdbcMessageStore.Builder opener(String prefix) {
        return JdbcMessageStore.builder().dataSource(dataSource()).tablePrefix(prefix);
    }

    private static StoredMessage addPicture(MessageStore store) {
        var message =
                received(ANNA, "SM1", "", NOON).toBuilder()
                        .addMedia(
                                MediaItem.of(
                                        "a picture".getBytes(StandardCharsets.UTF_8), "image/png"))
                        .build();
        return store.add(ConversationKey.of(message, Set.of()), ORIGIN, message, null);
    }

    @Test
    void anotherProcessReadsWhatOneHasWritten() {
        String prefix = fresh();
        StoredMessage kept = addPicture(opener(prefix).open());

        assertThat(opener(prefix).open().find(kept.number()))
                .hasValueSatisfying(
                        read -> assertThat(read.message().media().get(0).canOpen()).isTrue());
    }

    @Test
    void severalProcessesMayStartAtOnce() throws InterruptedException {
        String prefix = fresh();
        List<Thread> starters = new ArrayList<>();
        AtomicInteger opened = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            starters.add(
                    new Thread(
                            () -> {
                                opener(prefix).open().list(MessageQuery.all());
                                opened.incrementAndGet();
                            }));
        }
        starters.forEach(Thread::start);
        for (Thread starter : starters) {
            starter.join();
        }

        assertThat(opened).hasValue(4);
    }

    @Test
    void tablesOfFormat1AreBroughtUpToDateWithTheirTexts() throws SQLException, IOException {
        String prefix = fresh();
        MessageStore before = opener(prefix).open();
        var message = received(ANNA, "SM1", "from before", NOON);
        before.add(ConversationKey.of(message, Set.of()), ORIGIN, message, null);
        execute("DROP TABLE " + prefix + "file");
        execute("UPDATE " + prefix + "format SET version = 1");

        MessageStore now = opener(prefix).open();

        assertThat(now.list(MessageQuery.all()))
                .extracting(kept -> kept.message().text())
                .containsExactly("from before");
        StoredMessage kept = now.list(MessageQuery.all()).get(0);
        now.attach(kept.number(), 0, new byte[] {1});
        assertThat(now.erase(ANNA).files()).isOne();
    }

    @Test
    void tablesOfANewerVersionAreLeftAlone() throws SQLException {
        String prefix = fresh();
        opener(prefix).open();
        execute("UPDATE " + prefix + "format SET version = 99");

        assertThatThrownBy(() -> opener(prefix).open())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("newer");
    }

    @Test
    void sealedPicturesLieThereUnreadableAndOpenForTheirTenantOnly() throws Exception {
        String prefix = fresh();
        SecretVault vault = SecretVault.of(VaultKey.random("k1"));
        MessageStore store = opener(prefix).vault(vault, "clinic").open();
        StoredMessage kept = addPicture(store);

        byte[] lying = content(prefix);
        assertThat(new String(lying, StandardCharsets.ISO_8859_1)).doesNotContain("picture");
        assertThat(bytes(file(store, kept))).asString().isEqualTo("a picture");
        MessageStore other = opener(prefix).vault(vault, "shop").open();
        assertThatThrownBy(() -> bytes(file(other, kept))).isInstanceOf(IOException.class);
    }

    private static MediaItem file(MessageStore store, StoredMessage kept) {
        return store.find(kept.number()).orElseThrow().message().media().get(0);
    }

    private byte[] content(String prefix) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT content FROM " + prefix + "file")) {
            rows.next();
            return rows.getBytes(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
