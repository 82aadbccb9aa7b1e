package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.freepbx.RecordedExchange;
import java.io.IOException;
import java.time.Duration;
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
