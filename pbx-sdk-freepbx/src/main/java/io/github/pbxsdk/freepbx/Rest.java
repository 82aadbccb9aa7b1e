package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.security.Operation;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** REST as it is, for what has no type here. */
public final class Rest {

    private static final Pattern ROUTE = Pattern.compile("[A-Za-z0-9._~/+*#%-]+");

    private final FreePbxCalls calls;

    Rest(FreePbxCalls calls) {
        this.calls = calls;
    }

    /**
     * Gets what is at a route.
     *
     * @param route below {@code rest/}, such as {@code core/users/1001}
     * @throws FreePbxRejectedException if the PBX refuses
     */
    public RestAnswer get(String route) {
        return Futures.await(getAsync(route));
    }

    /** Gets without waiting; the future fails as {@link #get} does. */
    public CompletableFuture<RestAnswer> getAsync(String route) {
        String checked = checked(route);
        return calls.read("rest.get", session -> RestAnswer.of(session.rest("GET", checked, null)));
    }

    /**
     * Sends something to a route.
     *
     * @param method {@code PUT}, {@code POST} or {@code DELETE}
     * @param body maps, lists, texts, numbers and truths; empty for none
     * @throws FreePbxRejectedException if the PBX refuses
     */
    public RestAnswer send(String method, String route, Map<String, ?> body) {
        return Futures.await(sendAsync(method, route, body));
    }

    /** Sends without waiting; the future fails as {@link #send} does. */
    public CompletableFuture<RestAnswer> sendAsync(
            String method, String route, Map<String, ?> body) {
        String checked = checked(route);
        return calls.run(
                Operation.change("freepbx", "rest." + method.toLowerCase(Locale.ROOT)),
                calls.settings().timeout(),
                session ->
                        session.changes()
                                .changing(
                                        () ->
                                                RestAnswer.of(
                                                        session.rest(
                                                                method,
                                                                checked,
                                                                body.isEmpty() ? null : body))));
    }

    private static String checked(String route) {
        if (!ROUTE.matcher(route).matches() || route.contains("..") || route.startsWith("/")) {
            throw new IllegalArgumentException(
                    "a route is what follows rest/, such as core/users/1001, not \""
                            + route
                            + "\"");
        }
        return route;
    }
}
