package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The menus of a PBX.
 *
 * <p>FreePBX 16 and 17 have no API for them. Where the schema of a PBX has menus after all, they
 * are read from it. Else it goes by the forms of the web interface, for which the client needs
 * {@link FreePbxClient.Builder#gui}; they answer 200 to whatever happens, and so what was done is
 * read back. Where there are no forms but a {@link FreePbxClient.Builder#dialplan}, a menu is a
 * context of the dialplan, which FreePBX itself does not show. {@link Ivr#road()} names the road.
 *
 * <p>Who changes a menu gives all of it. Two-factor log-in and an unfinished first-run wizard are
 * in the way of the forms. What goes by the forms is live after {@link
 * FreePbxClient#applyConfig()}, the dialplan at once.
 */
public final class Ivrs {

    private final FreePbxCalls calls;

    Ivrs(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Returns all menus. */
    public List<Ivr> list() {
        return Futures.await(listAsync());
    }

    /** Lists without waiting; the future fails as {@link #list} does. */
    public CompletableFuture<List<Ivr>> listAsync() {
        return calls.read("ivrs.list", Ivrs::all);
    }

    private static List<Ivr> all(FreePbxSession session) {
        Optional<List<Ivr>> overApi = overGraphQl(session);
        if (overApi.isPresent()) {
            return overApi.get();
        }
        return road(session).list();
    }

    private static MenuRoad road(FreePbxSession session) {
        if (session.settings().gui() != null) {
            return new GuiMenus(session, session.gui("ivr"));
        }
        CustomDialplan dialplan = session.settings().dialplan();
        if (dialplan == null) {
            throw session.roadMissing(
                    "ivr",
                    "FreePBX has no API for it; give the client gui(...), the credentials of an"
                            + " administrator, to use the forms of its web interface, or"
                            + " dialplan(...)");
        }
        return new DialplanMenus(session, dialplan);
    }

    /** No release has it yet; one that has will be asked first. */
    private static Optional<List<Ivr>> overGraphQl(FreePbxSession session) {
        if (!session.hasApi()
                || !FreePbxDoctor.capabilities(session).queries().contains("fetchAllIvrs")) {
            return Optional.empty();
        }
        return Optional.of(
                session
                        .graphQl(
                                GraphQlRequest.query("fetchAllIvrs")
                                        .select("ivrs{id name description}"))
                        .objects("ivrs")
                        .stream()
                        .map(row -> new Ivr(row, IvrRoad.GRAPHQL))
                        .toList());
    }

    /** Returns the menu with this number, if there is one. */
    public Optional<Ivr> find(int id) {
        return Futures.await(findAsync(id));
    }

    /** Looks without waiting; the future fails as {@link #find} does. */
    public CompletableFuture<Optional<Ivr>> findAsync(int id) {
        return calls.read("ivrs.find", session -> find(session, id));
    }

    private static Optional<Ivr> find(FreePbxSession session, int id) {
        return all(session).stream().filter(ivr -> ivr.id() == id).findFirst();
    }

    /**
     * Creates a menu and returns what is there now.
     *
     * @throws FreePbxRejectedException if there is one with this name, or it is not there
     *     afterwards
     */
    public Ivr create(IvrSettings menu) {
        return Futures.await(createAsync(menu));
    }

    /** Creates without waiting; the future fails as {@link #create} does. */
    public CompletableFuture<Ivr> createAsync(IvrSettings menu) {
        return calls.change("ivrs.create", session -> create(session, menu));
    }

    private static Ivr create(FreePbxSession session, IvrSettings menu) {
        if (named(session, menu.name()).isPresent()) {
            throw FreePbxRejectedException.notSent(
                    session.tried("ivr save"), Kind.CONFLICT, "there is a menu " + menu.name());
        }
        road(session).create(menu);
        return named(session, menu.name()).orElseThrow(() -> notDone(session, "made"));
    }

    private static Optional<Ivr> named(FreePbxSession session, String name) {
        return all(session).stream().filter(ivr -> ivr.name().equals(name)).findFirst();
    }

    private static FreePbxRejectedException notDone(FreePbxSession session, String what) {
        return FreePbxRejectedException.of(
                session.tried("ivr"),
                Kind.SERVER_ERROR,
                200,
                "it was taken without a word, and the menu was not " + what,
                true);
    }

    /**
     * Puts a whole menu in the place of the one with this number; keys that are not given are gone.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public Ivr update(int id, IvrSettings menu) {
        return Futures.await(updateAsync(id, menu));
    }

    /** Updates without waiting; the future fails as {@link #update} does. */
    public CompletableFuture<Ivr> updateAsync(int id, IvrSettings menu) {
        return calls.change(
                "ivrs.update",
                session -> {
                    require(session, id);
                    road(session).update(id, menu);
                    return find(session, id)
                            .filter(ivr -> ivr.name().equals(menu.name()))
                            .orElseThrow(() -> notDone(session, "changed"));
                });
    }

    private static void require(FreePbxSession session, int id) {
        if (find(session, id).isEmpty()) {
            throw FreePbxRejectedException.notSent(
                    session.tried("ivr"), Kind.NOT_FOUND, "there is no menu " + id);
        }
    }

    /**
     * Deletes a menu. Routes that lead to it lead nowhere then.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public void delete(int id) {
        Futures.await(deleteAsync(id));
    }

    /** Deletes without waiting; the future fails as {@link #delete} does. */
    public CompletableFuture<@Nullable Void> deleteAsync(int id) {
        return calls.perform(
                "ivrs.delete",
                session -> {
                    require(session, id);
                    road(session).delete(id);
                    if (find(session, id).isPresent()) {
                        throw notDone(session, "deleted");
                    }
                });
    }
}
