package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What FreePBX lets one read and this client does not change: conferences, parking lots, time
 * conditions, calendars, people and contacts. The API application needs the scope {@code rest}.
 *
 * <p>Each route answers in a form of its own, and says «none» in one of three ways, or fails where
 * there is none: {@code conferences()} answers 500 on an empty PBX.
 */
public final class Listings {

    private final FreePbxCalls calls;

    Listings(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Returns the conference rooms. */
    public List<Conference> conferences() {
        return Futures.await(conferencesAsync());
    }

    /** Lists without waiting; the future fails as {@link #conferences} does. */
    public CompletableFuture<List<Conference>> conferencesAsync() {
        return list("listings.conferences", "conferences/", Conference::new);
    }

    /** Returns the places where calls are parked. */
    public List<ParkingLot> parkingLots() {
        return Futures.await(parkingLotsAsync());
    }

    /** Lists without waiting; the future fails as {@link #parkingLots} does. */
    public CompletableFuture<List<ParkingLot>> parkingLotsAsync() {
        return list("listings.parkingLots", "parking/", ParkingLot::new);
    }

    /** Returns the time conditions. */
    public List<TimeCondition> timeConditions() {
        return Futures.await(timeConditionsAsync());
    }

    /** Lists without waiting; the future fails as {@link #timeConditions} does. */
    public CompletableFuture<List<TimeCondition>> timeConditionsAsync() {
        return list("listings.timeConditions", "timeconditions/", TimeCondition::new);
    }

    /**
     * Returns the people of User Manager. FreePBX tells the hashes of their passwords; not here.
     */
    public List<PbxUser> users() {
        return Futures.await(usersAsync());
    }

    /** Lists without waiting; the future fails as {@link #users} does. */
    public CompletableFuture<List<PbxUser>> usersAsync() {
        return list("listings.users", "userman/users", PbxUser::new);
    }

    /** Returns the groups of the phone book. */
    public List<ContactGroup> contactGroups() {
        return Futures.await(contactGroupsAsync());
    }

    /** Lists without waiting; the future fails as {@link #contactGroups} does. */
    public CompletableFuture<List<ContactGroup>> contactGroupsAsync() {
        return list("listings.contactGroups", "contactmanager/groups", ContactGroup::new);
    }

    /**
     * Returns the contacts of a group.
     *
     * @param group one of {@link #contactGroups}
     */
    public List<ContactEntry> contacts(ContactGroup group) {
        return Futures.await(contactsAsync(group));
    }

    /** Lists without waiting; the future fails as {@link #contacts} does. */
    public CompletableFuture<List<ContactEntry>> contactsAsync(ContactGroup group) {
        // Under another owner than its own, FreePBX says that the group is not there.
        String route =
                "contactmanager/groups/%s/%s/entries"
                        .formatted(
                                FreePbxLogin.encoded(group.owner()),
                                FreePbxLogin.encoded(group.id()));
        return list("listings.contacts", route, ContactEntry::new);
    }

    /** Returns the calendars, with id and name only. */
    public List<PbxCalendar> calendars() {
        return Futures.await(calendarsAsync());
    }

    /** Lists without waiting; the future fails as {@link #calendars} does. */
    public CompletableFuture<List<PbxCalendar>> calendarsAsync() {
        return list("listings.calendars", "calendar/", PbxCalendar::new);
    }

    /** Returns the calendar with this id, with everything but its password, if there is one. */
    public Optional<PbxCalendar> findCalendar(String id) {
        return Futures.await(findCalendarAsync(id));
    }

    /** Looks without waiting; the future fails as {@link #findCalendar} does. */
    public CompletableFuture<Optional<PbxCalendar>> findCalendarAsync(String id) {
        String route = "calendar/" + FreePbxLogin.encoded(Objects.requireNonNull(id, "id"));
        return calls.read(
                "listings.findCalendar",
                session ->
                        Optional.of(RestAnswer.of(session.rest("GET", route, null)).object())
                                .filter(row -> !row.isEmpty())
                                .map(PbxCalendar::new));
    }

    private <T> CompletableFuture<List<T>> list(
            String operation, String route, Function<FreePbxObject, T> type) {
        return calls.read(
                operation,
                session ->
                        RestAnswer.of(session.rest("GET", route, null)).objects().stream()
                                .filter(row -> !row.isEmpty())
                                .map(type)
                                .toList());
    }
}
