package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.freepbx.RecordedExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can only be read, as a real FreePBX 16 answered. */
class ListingsTest {

    private final FakeFreePbx fake = new FakeFreePbx();
    private final FreePbxClient pbx = TestClients.client(fake);

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    private void recorded(String name) throws IOException {
        fake.replay(RecordedExchangesTest.exchange(name));
    }

    @Test
    void parkingLots() throws IOException {
        recorded("rest-parking");

        assertThat(pbx.listings().parkingLots())
                .singleElement()
                .satisfies(
                        lot -> {
                            assertThat(lot.number()).isEqualTo("70");
                            assertThat(lot.name()).isEqualTo("Default Lot");
                            assertThat(lot.firstPlace()).isEqualTo("71");
                            assertThat(lot.places()).isEqualTo(8);
                            assertThat(lot.timeout()).isEqualTo(Duration.ofSeconds(45));
                        });
    }

    @Test
    void peopleWithoutTheirPasswords() throws IOException {
        recorded("rest-userman-users");

        assertThat(pbx.listings().users())
                .isNotEmpty()
                .allSatisfy(user -> assertThat(user.raw().names()).doesNotContain("password"))
                .first()
                .satisfies(
                        user -> {
                            assertThat(user.userName()).isEqualTo("1002");
                            assertThat(user.displayName()).isEqualTo("Bob");
                            assertThat(user.extension()).contains("1002");
                            assertThat(user.extensions()).containsExactly("1002");
                            assertThat(user.email()).contains("bob2@pbx.example");
                        });
    }

    @Test
    void contactGroups() throws IOException {
        recorded("rest-contactmanager-groups");

        assertThat(pbx.listings().contactGroups())
                .extracting(ContactGroup::name)
                .containsExactly("User Manager Group");
    }

    /** As the source of the module writes them; not recorded. */
    @Test
    void contactsOfAGroupUnderItsOwner() throws IOException {
        recorded("rest-contactmanager-groups");
        fake.replay(
                answered(
                        "contactmanager/groups/-1/1/entries",
                        "{\"4\":{\"uid\":\"4\",\"displayname\":\"Carol Outside\",\"fname\":\"Carol\","
                                + "\"company\":\"Example\",\"password\":\"$2y$10$a-hash\",\"numbers\":"
                                + "{\"7\":{\"number\":\"15559990001\",\"type\":\"cell\",\"flags\":[]}},"
                                + "\"emails\":[{\"email\":\"carol@pbx.example\"}]},"
                                + "\"5\":{\"uid\":\"5\",\"displayname\":\"\",\"fname\":\"Dan\","
                                + "\"lname\":\"Other\",\"numbers\":[]}}"));

        List<ContactEntry> contacts =
                pbx.listings().contacts(pbx.listings().contactGroups().get(0));

        assertThat(contacts)
                .extracting(ContactEntry::id, ContactEntry::name)
                .containsExactly(tuple("4", "Carol Outside"), tuple("5", "Dan Other"));
        ContactEntry carol = contacts.get(0);
        assertThat(carol.phones()).containsExactly(new ContactEntry.Phone("15559990001", "cell"));
        assertThat(carol.emails()).containsExactly("carol@pbx.example");
        assertThat(carol.company()).contains("Example");
        assertThat(carol.raw().names()).doesNotContain("password");
        assertThat(contacts.get(1).phones()).isEmpty();
    }

    @Test
    void aGroupWithoutContacts() throws IOException {
        recorded("rest-contactmanager-groups");
        fake.replay(answered("contactmanager/groups/-1/1/entries", "[]"));

        assertThat(pbx.listings().contacts(pbx.listings().contactGroups().get(0))).isEmpty();
    }

    /** As the source of the module writes them; not recorded. */
    @Test
    void calendarsWithoutTheirPasswords() throws IOException {
        fake.replay(answered("calendar/", "{\"a1\":{\"id\":\"a1\",\"name\":\"Holidays\"}}"));
        fake.replay(
                answered(
                        "calendar/a1",
                        "{\"id\":\"a1\",\"name\":\"Holidays\",\"description\":\"\","
                                + "\"timezone\":\"Europe/Berlin\",\"purl\":\"https://dav.example/\","
                                + "\"username\":\"u\",\"password\":\"p-of-dav\"}"));
        fake.replay(answered("calendar/b2", "false"));

        assertThat(pbx.listings().calendars())
                .extracting(PbxCalendar::id, PbxCalendar::name)
                .containsExactly(tuple("a1", "Holidays"));
        PbxCalendar holidays = pbx.listings().findCalendar("a1").orElseThrow();
        assertThat(holidays.timeZone()).contains("Europe/Berlin");
        assertThat(holidays.url()).contains("https://dav.example/");
        assertThat(holidays.description()).isEmpty();
        assertThat(holidays.raw().names()).doesNotContain("password");
        assertThat(pbx.listings().findCalendar("b2")).isEmpty();
    }

    @Test
    void noCalendars() throws IOException {
        fake.replay(answered("calendar/", "false"));

        assertThat(pbx.listings().calendars()).isEmpty();
    }

    @Test
    void timeConditions() throws IOException {
        recorded("rest-timeconditions");
        assertThat(pbx.listings().timeConditions()).as("false is none").isEmpty();

        fake.replay(
                answered(
                        "timeconditions/",
                        "[{\"timeconditions_id\":\"3\",\"displayname\":\"Office hours\","
                                + "\"truegoto\":\"ext-group,600,1\",\"falsegoto\":\"\"}]"));
        assertThat(pbx.listings().timeConditions())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.id()).isEqualTo(3);
                            assertThat(one.name()).isEqualTo("Office hours");
                            assertThat(one.within()).contains(Destination.ringGroup("600"));
                            assertThat(one.otherwise()).isEmpty();
                        });
    }

    @Test
    void conferences() throws IOException {
        fake.replay(answered("conferences/", "[{\"exten\":\"800\",\"description\":\"Team\"}]"));
        assertThat(pbx.listings().conferences())
                .extracting(Conference::number, Conference::name)
                .containsExactly(tuple("800", "Team"));
    }

    @Test
    void aPbxWithoutConferencesFails() throws IOException {
        recorded("rest-conferences");

        FreePbxRejectedException refusal =
                catchThrowableOfType(
                        FreePbxRejectedException.class, () -> pbx.listings().conferences());

        assertThat(refusal.kind()).isEqualTo(Kind.SERVER_ERROR);
        assertThat(refusal.code()).isEqualTo(500);
        assertThat(refusal.mayHaveBeenSent()).isFalse();
    }

    private static RecordedExchange answered(String route, String json) {
        return RecordedExchange.parse(
                "GET /admin/api/api/rest/"
                        + route
                        + " HTTP/1.1\nHost: pbx.example\n\n\n"
                        + "HTTP/1.1 200 OK\nContent-Type: application/json\n\n"
                        + json);
    }
}
