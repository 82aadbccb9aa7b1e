package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of a PBX.
 *
 * <p>Changes are live after {@link FreePbxClient#applyConfig()}. Where this client may not use the
 * API for them, a {@link TelephonySource} tells numbers and names, and nothing can be changed.
 */
public final class Extensions {

    private static final String SELECTION =
            "extensionId tech"
                    + " user{name voicemail outboundCid ringtimer donotdisturb"
                    + " callforward_unconditional callwaiting}"
                    + " coreDevice{deviceId dial devicetype description emergencyCid}";

    private final FreePbxCalls calls;

    Extensions(FreePbxCalls calls) {
        this.calls = calls;
    }

    /**
     * Returns all extensions, by number.
     *
     * @throws FreePbxRejectedException if the PBX refuses
     */
    public List<Extension> list() {
        return Futures.await(listAsync());
    }

    /** Lists without waiting; the future fails as {@link #list} does. */
    public CompletableFuture<List<Extension>> listAsync() {
        return calls.read("extensions.list", Extensions::all);
    }

    static List<Extension> all(FreePbxSession session) {
        return session.readOr(() -> overApi(session), Extensions::over).stream()
                .sorted(
                        Comparator.comparing((Extension one) -> one.number().length())
                                .thenComparing(Extension::number))
                .toList();
    }

    private static List<Extension> overApi(FreePbxSession session) {
        return session
                .graphQl(
                        GraphQlRequest.query("fetchAllExtensions")
                                .select("extension{" + SELECTION + "}"))
                .objects("extension")
                .stream()
                .map(Extension::new)
                .toList();
    }

    private static List<Extension> over(TelephonySource telephony) {
        Map<String, String> names = telephony.names();
        return telephony.phones().stream()
                .map(phone -> Extension.of(phone, names, telephony.road()))
                .toList();
    }

    /** Returns the extension with this number, if there is one. */
    public Optional<Extension> find(String number) {
        return Futures.await(findAsync(number));
    }

    /** Looks without waiting; the future fails as {@link #find} does. */
    public CompletableFuture<Optional<Extension>> findAsync(String number) {
        String checked = NewExtension.checkedNumber(number);
        return calls.read("extensions.find", session -> find(session, checked));
    }

    /**
     * Returns the extension with this number.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public Extension get(String number) {
        return Futures.await(getAsync(number));
    }

    /** Gets without waiting; the future fails as {@link #get} does. */
    public CompletableFuture<Extension> getAsync(String number) {
        String checked = NewExtension.checkedNumber(number);
        return calls.read("extensions.get", session -> get(session, checked));
    }

    static Extension get(FreePbxSession session, String number) {
        return session.readOr(
                () -> getOverApi(session, number),
                telephony ->
                        over(telephony).stream()
                                .filter(one -> one.number().equals(number))
                                .findAny()
                                .orElseThrow(() -> notThere(session, number)));
    }

    private static FreePbxRejectedException notThere(FreePbxSession session, String number) {
        return FreePbxRejectedException.of(
                session.tried("extension"),
                Kind.NOT_FOUND,
                200,
                "there is no extension " + number,
                false);
    }

    private static Extension getOverApi(FreePbxSession session, String number) {
        return new Extension(
                session.graphQl(
                        GraphQlRequest.query("fetchExtension")
                                .argument("extensionId", "ID", number)
                                .select(SELECTION)));
    }

    static Optional<Extension> find(FreePbxSession session, String number) {
        try {
            return Optional.of(get(session, number));
        } catch (FreePbxRejectedException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            // The words can be translated; the list knows for certain.
            if (e.kind() == Kind.OTHER) {
                return all(session).stream().filter(one -> one.number().equals(number)).findAny();
            }
            throw e;
        }
    }

    /**
     * Creates an extension and returns what is there now.
     *
     * <p>When its Asterisk is down, FreePBX fails and leaves a half-made extension behind; the
     * failure then says so. Look with {@link #find} before trying again.
     *
     * @throws FreePbxRejectedException if there is such an extension, or the PBX fails
     */
    public Extension create(NewExtension extension) {
        return Futures.await(createAsync(extension));
    }

    /** Creates without waiting; the future fails as {@link #create} does. */
    public CompletableFuture<Extension> createAsync(NewExtension extension) {
        return calls.change("extensions.create", session -> create(session, extension));
    }

    private static Extension create(FreePbxSession session, NewExtension extension) {
        if (find(session, extension.number()).isPresent()) {
            throw FreePbxRejectedException.notSent(
                    session.tried("addExtension"),
                    Kind.CONFLICT,
                    "there is an extension " + extension.number());
        }
        try {
            session.graphQl(
                    GraphQlRequest.mutation(
                            "addExtension", "addExtensionInput", extension.input()));
        } catch (FreePbxRejectedException e) {
            throw withWhatIsLeft(session, extension.number(), e);
        }
        return get(session, extension.number());
    }

    private static FreePbxRejectedException withWhatIsLeft(
            FreePbxSession session, String number, FreePbxRejectedException failure) {
        if (!failure.mayHaveBeenSent()) {
            return failure;
        }
        Optional<Extension> left = find(session, number);
        if (left.isEmpty()) {
            return failure;
        }
        String what = left.get().isHalfMade() ? "half-made: delete it" : "there all the same";
        return FreePbxRejectedException.of(
                session.tried("addExtension"),
                failure.kind(),
                failure.code(),
                failure.reason() + "; extension " + number + " is " + what,
                true);
    }

    /**
     * Creates several extensions with numbers that follow one another, and returns those that are
     * there now. Each is called {@code <number> <name>}, as FreePBX does it.
     *
     * @param first the first one, with what all of them have
     * @throws IllegalArgumentException if the count is not from 1 to 500, or the first one has what
     *     FreePBX can't give to a range: {@link NewExtension.Builder#maxContacts} other than 1, or
     *     a {@link NewExtension.Builder#userManagerUser}; nothing was sent
     */
    public List<Extension> createRange(NewExtension first, int count) {
        return Futures.await(createRangeAsync(first, count));
    }

    /** Creates without waiting; the future fails as {@link #createRange} does. */
    public CompletableFuture<List<Extension>> createRangeAsync(NewExtension first, int count) {
        if (count < 1 || count > 500) {
            throw new IllegalArgumentException("a range has 1 to 500 extensions, not " + count);
        }
        List<String> onlyOneByOne = first.onlyOneByOne();
        if (!onlyOneByOne.isEmpty()) {
            throw new IllegalArgumentException(
                    "FreePBX can't give "
                            + String.join(" and ", onlyOneByOne)
                            + " to a range of extensions; create(...) them one by one");
        }
        return calls.change("extensions.createRange", session -> range(session, first, count));
    }

    private static List<Extension> range(FreePbxSession session, NewExtension first, int count) {
        long start = Long.parseLong(first.number());
        List<String> taken =
                inRange(all(session), start, count).stream().map(Extension::number).toList();
        if (!taken.isEmpty()) {
            throw FreePbxRejectedException.notSent(
                    session.tried("createRangeofExtension"),
                    Kind.CONFLICT,
                    "there are extensions " + String.join(", ", taken));
        }
        Map<String, Object> input = new LinkedHashMap<>(first.input());
        input.remove("extensionId");
        input.remove("maxContacts");
        input.remove("umPassword");
        input.put("startExtension", first.number());
        input.put("numberOfExtensions", String.valueOf(count));
        session.graphQl(
                GraphQlRequest.mutation(
                        "createRangeofExtension", "CreateRangeofExtensionInput", input));
        return inRange(all(session), start, count);
    }

    private static List<Extension> inRange(List<Extension> extensions, long start, int count) {
        return extensions.stream()
                .filter(one -> one.number().matches("[0-9]{1,15}"))
                .filter(one -> Long.parseLong(one.number()) >= start)
                .filter(one -> Long.parseLong(one.number()) < start + count)
                .toList();
    }

    /**
     * Changes what was asked, and keeps everything else or refuses; see {@link ExtensionUpdate}.
     *
     * <p>FreePBX takes follow-me away with every update. Once the change is on its way follow-me is
     * set again, in a time of its own: also after a time-out, and when this was cancelled or
     * interrupted. A failure says what it was where that can't be told for certain.
     *
     * @throws FreePbxRejectedException of kind {@link Kind#WOULD_LOSE_SETTINGS} if something would
     *     be lost that was not accepted by name; then nothing was sent
     */
    public Extension update(ExtensionUpdate update) {
        return Futures.await(updateAsync(update));
    }

    /** Updates without waiting; the future fails as {@link #update} does. */
    public CompletableFuture<Extension> updateAsync(ExtensionUpdate update) {
        return calls.change("extensions.update", session -> new SafeUpdate(session, update).run());
    }

    /**
     * Deletes an extension and its mailbox. FreePBX leaves its User Manager user, and its number in
     * ring groups.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public void delete(String number) {
        Futures.await(deleteAsync(number));
    }

    /** Deletes without waiting; the future fails as {@link #delete} does. */
    public CompletableFuture<@Nullable Void> deleteAsync(String number) {
        String checked = NewExtension.checkedNumber(number);
        return calls.perform(
                "extensions.delete",
                session -> {
                    session.graphQl(
                            GraphQlRequest.mutation(
                                    "deleteExtension",
                                    "deleteExtensionInput",
                                    Map.of("extensionId", checked)));
                });
    }

    /**
     * Returns number and password with which a telephone registers. They never print; who holds
     * them can make calls at the owner's expense.
     *
     * @throws FreePbxRejectedException if there is no such extension, or it was left half-made
     */
    public Credentials sipCredentials(String number) {
        return Futures.await(sipCredentialsAsync(number));
    }

    /** Reads without waiting; the future fails as {@link #sipCredentials} does. */
    public CompletableFuture<Credentials> sipCredentialsAsync(String number) {
        String checked = NewExtension.checkedNumber(number);
        return calls.read("extensions.sipCredentials", session -> secret(session, checked));
    }

    private static Credentials secret(FreePbxSession session, String number) {
        FreePbxObject found =
                session.graphQl(
                        GraphQlRequest.query("fetchExtension")
                                .argument("extensionId", "ID", number)
                                .select("user{extPassword}"));
        return found.object("user")
                .filled("extPassword")
                .map(secret -> Credentials.of(number, secret))
                .orElseThrow(
                        () ->
                                FreePbxRejectedException.of(
                                        session.tried("fetchExtension"),
                                        Kind.NOT_FOUND,
                                        200,
                                        "extension " + number + " has no SIP password",
                                        false));
    }
}
