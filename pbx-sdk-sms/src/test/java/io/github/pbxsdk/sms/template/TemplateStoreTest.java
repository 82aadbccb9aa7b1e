package io.github.pbxsdk.sms.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.state.JdbcStateStore;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Templates are kept by name, in memory and in a database. */
class TemplateStoreTest {

    private static final MessageTemplate REMINDER =
            MessageTemplate.of("reminder for 2 | 3", "Hi {{name}} ✓").maxSegments(2);

    @Test
    void inMemory() {
        keepsTemplatesByName(TemplateStore.inMemory());
    }

    @Test
    void inADatabaseAlsoAfterItIsOpenedAgain() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        try (Connection alive = database.getConnection()) {
            assertThat(alive.isClosed()).isFalse();
            try (StateStore store = JdbcStateStore.builder().dataSource(database).open()) {
                keepsTemplatesByName(TemplateStore.in(store));
            }
            try (StateStore store = JdbcStateStore.builder().dataSource(database).open()) {
                assertThat(TemplateStore.in(store).get(REMINDER.name())).isEqualTo(REMINDER);
            }
        }
    }

    private static void keepsTemplatesByName(TemplateStore templates) {
        assertThat(templates.list()).isEmpty();
        assertThat(templates.find("reminder")).isEmpty();
        assertThatThrownBy(() -> templates.get("reminder"))
                .isInstanceOf(NoSuchElementException.class);

        MessageTemplate other = MessageTemplate.of("birthday", "Happy birthday");
        templates.save(MessageTemplate.of(REMINDER.name(), "old"));
        templates.save(REMINDER);
        templates.save(other);
        assertThat(templates.get(REMINDER.name())).isEqualTo(REMINDER);
        assertThat(templates.list()).containsExactly(other, REMINDER);

        templates.delete("birthday");
        templates.delete("birthday");
        assertThat(templates.list()).containsExactly(REMINDER);
    }

    @Test
    void aTemplateOfANewerVersionIsRefusedInWords() {
        try (StateStore store = StateStore.inMemory()) {
            store.commit(StateChange.put("sms.templates", "t", "{\"format\":\"2\"}"));

            assertThatThrownBy(() -> TemplateStore.in(store).find("t"))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("newer version");
        }
    }
}
