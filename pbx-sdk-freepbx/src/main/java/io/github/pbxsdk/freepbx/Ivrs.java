package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The menus of a PBX, by the first of three roads that this client has; {@link Ivr#road()} names
 * it.
 *
 * <ol>
 *   <li>GraphQL, where the schema has menus: a later release of their module does, by its source;
 *       the recorded FreePBX 16 does not.
 *   <li>The forms of the web interface, for which the client needs {@link
 *       FreePbxClient.Builder#gui}. They don't tell the {@linkplain Ivr#keys() keys}.
 *   <li>Contexts of the dialplan, which FreePBX itself does not show, for which the client needs
 *       {@link FreePbxClient.Builder#dialplan}.
 * </ol>
 *
 * <p>None is believed: what was done is read back. Who changes a menu gives all of it. Two-factor
 * log-in and an unfinished first-run wizard are in the way of the forms. What goes by GraphQL and
 * by the forms is live after {@link FreePbxClient#applyConfig()}, the dialplan at once.
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
        return calls.read("ivrs.list", session -> road(session).list());
    }

    /** The first road that there is; each operation takes one, and looks only once which. */
    private static MenuRoad road(FreePbxSession session) {
        if (session.hasApi()
                && FreePbxDoctor.capabilities(session).queries().contains(GraphQlMenus.QUERY)) {
            return new GraphQlMenus(session);
        }
        if (session.settings().gui() != null) {
            return new GuiMenus(session, session.gui("ivr"));
        }
        CustomDialplan dialplan = session.settings().dialplan();
        if (dialplan == null) {
            throw session.roadMissing(
                    "ivr",
                    "the API of this FreePBX has no menus; "
                            + FreePbxSession.GIVE_GUI
                            + "; or dialplan(...), in settings AMI_HOST, AMI_USER and"
                            + " AMI_SECRET");
        }
        return new DialplanMenus(session, dialplan);
    }

    /** Returns the menu with this number, if there is one. */
    public Optional<Ivr> find(int id) {
        return Futures.await(findAsync(id));
    }

    /** Looks without waiting; the future fails as {@link #find} does. */
    public CompletableFuture<Optional<Ivr>> findAsync(int id) {
        return calls.read("ivrs.find", session -> find(road(session), id));
    }

    /**
     * Returns the menu with this number.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public Ivr get(int id) {
        return Futures.await(getAsync(id));
    }

    /** Gets without waiting; the future fails as {@link #get} does. */
    public CompletableFuture<Ivr> getAsync(int id) {
        return calls.read("ivrs.get", session -> require(session, road(session), id));
    }

    private static Optional<Ivr> find(MenuRoad road, int id) {
        return road.list().stream().filter(ivr -> ivr.id() == id).findFirst();
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
        MenuRoad road = road(session);
        return session.inTurn(
                session.changes().makingMenus(), "ivr save", () -> create(session, road, menu));
    }

    private static Ivr create(FreePbxSession session, MenuRoad road, IvrSettings menu) {
        List<Ivr> before = road.list();
        if (before.stream().anyMatch(ivr -> ivr.name().equals(menu.name()))) {
            throw FreePbxRejectedException.notSent(
                    session.tried("ivr save"), Kind.CONFLICT, "there is a menu " + menu.name());
        }
        road.create(menu);
        Set<Integer> known = before.stream().map(Ivr::id).collect(Collectors.toSet());
        return road.list().stream()
                .filter(ivr -> !known.contains(ivr.id()) && isAsAsked(ivr, menu))
                .findFirst()
                .orElseThrow(() -> notDone(session, "made"));
    }

    /** The forms write "&amp;" for "&" and "&uuml;" for "ü", and then a name can't be compared. */
    private static boolean isAsAsked(Ivr ivr, IvrSettings menu) {
        boolean encoded = ivr.road() == IvrRoad.GUI && ivr.name().contains("&");
        return (encoded || ivr.name().equals(menu.name()))
                && (!ivr.tellsKeys() || ivr.keys().equals(menu.keys()));
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
     * <p>The forms of the web interface replace more than a menu here has: see {@link
     * IvrSettings.Loss}.
     *
     * @throws FreePbxRejectedException if there is none; of kind {@link Kind#WOULD_LOSE_SETTINGS}
     *     if it goes by the forms and the loss was not accepted by name, and then nothing was sent
     */
    public Ivr update(int id, IvrSettings menu) {
        return Futures.await(updateAsync(id, menu));
    }

    /** Updates without waiting; the future fails as {@link #update} does. */
    public CompletableFuture<Ivr> updateAsync(int id, IvrSettings menu) {
        return calls.change(
                "ivrs.update",
                session -> {
                    MenuRoad road = road(session);
                    require(session, road, id);
                    road.update(id, menu);
                    return find(road, id)
                            .filter(ivr -> isAsAsked(ivr, menu))
                            .orElseThrow(() -> notDone(session, "changed"));
                });
    }

    private static Ivr require(FreePbxSession session, MenuRoad road, int id) {
        return find(road, id)
                .orElseThrow(
                        () ->
                                FreePbxRejectedException.notSent(
                                        session.tried("ivr"),
                                        Kind.NOT_FOUND,
                                        "there is no menu " + id));
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
                    MenuRoad road = road(session);
                    require(session, road, id);
                    road.delete(id);
                    if (find(road, id).isPresent()) {
                        throw notDone(session, "deleted");
                    }
                });
    }
}
