package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.internal.Call;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.redact.Redaction;
import io.github.pbxsdk.core.internal.redact.SecretNames;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One operation under way: makes its requests one after the other, within its time. */
final class FreePbxSession {

    /** The way to what FreePBX does not tell, for who made the client and for who set up a Pbx. */
    static final String GIVE_TELEPHONY =
            "give the client telephony(...), over AMI; in settings AMI_HOST, AMI_USER and"
                    + " AMI_SECRET";

    /** The way to what has forms only. */
    static final String GIVE_GUI =
            "give the client gui(...), in settings FREEPBX_GUI_USER and FREEPBX_GUI_PASSWORD: an"
                    + " administrator, to use the forms of its web interface";

    private static final Pattern STATUS = Pattern.compile("\\bstatus\\b");

    private final FreePbxCalls calls;
    private final Operation operation;
    private final RootFuture<?> root;
    private final Time time;
    private final Duration deadline;
    private final long started;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private boolean changed;

    FreePbxSession(FreePbxCalls calls, Operation operation, RootFuture<?> root, Duration deadline) {
        this.calls = calls;
        this.operation = operation;
        this.root = root;
        this.time = calls.resources().time();
        this.deadline = deadline;
        this.started = time.nanos();
    }

    /** Returns the result of a root field, of which the PBX says that all went well. */
    FreePbxObject graphQl(GraphQlRequest request) {
        return request.isMutation()
                ? calls.changes().changing(() -> graphQlWithoutChange(request))
                : graphQlWithoutChange(request);
    }

    /** Returns the result of a root field that leaves nothing to be applied. */
    FreePbxObject graphQlWithoutChange(GraphQlRequest request) {
        return send(
                request.describe(),
                request.isMutation(),
                graphQlRequest(request.text(), request.variables()),
                request.variables(),
                (answers, answer) -> answers.field(answer, request.field(), request.tellsStatus()));
    }

    /** Returns the data of whatever a user asks. */
    FreePbxObject rawGraphQl(String text, Map<String, ?> variables, boolean change) {
        return change
                ? calls.changes().changing(() -> sendRaw(text, variables, true))
                : sendRaw(text, variables, false);
    }

    private FreePbxObject sendRaw(String text, Map<String, ?> variables, boolean change) {
        return send(
                "GraphQL",
                change,
                graphQlRequest(text, variables),
                variables,
                (answers, answer) ->
                        change && STATUS.matcher(text).find()
                                ? answers.graphQlWithStatus(answer)
                                : answers.graphQl(answer));
    }

    private Outgoing graphQlRequest(String text, Map<String, ?> variables) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("query", text);
        if (!variables.isEmpty()) {
            body.put("variables", variables);
        }
        String json = Json.write(body);
        return (token, timeout) ->
                calls.http()
                        .request("POST", calls.settings().graphQlUrl(), timeout)
                        .bearer(token)
                        .body(HttpBody.text(json, "application/json"))
                        .build();
    }

    /** Returns what a REST route answers. */
    @Nullable Object rest(String method, String route, @Nullable Map<String, ?> body) {
        boolean change = !method.equals("GET");
        return send(
                        "rest " + method + " " + route,
                        change,
                        (token, timeout) -> {
                            HttpRequest.Builder request =
                                    calls.http()
                                            .request(
                                                    method,
                                                    calls.settings().restUrl(route),
                                                    timeout)
                                            .bearer(token);
                            if (body != null) {
                                request.body(HttpBody.text(Json.write(body), "application/json"));
                            }
                            return request.build();
                        },
                        body == null ? Map.of() : body,
                        (answers, answer) -> Optional.ofNullable(answers.rest(answer)))
                .orElse(null);
    }

    /** Makes a request for a token. */
    @FunctionalInterface
    private interface Outgoing {

        HttpRequest with(String token, Duration timeout);
    }

    private <T> T send(
            String name,
            boolean change,
            Outgoing outgoing,
            Map<String, ?> secretive,
            BiFunction<Answers, FreePbxHttp.Answer, T> judge) {
        FreePbxLogin login = login(name);
        String token = login.token(left(name));
        try {
            return once(name, change, outgoing, token, secretive, judge);
        } catch (PbxAuthenticationException e) {
            // Revoked, or the server restarted with other keys: nothing was done, so once more.
            login.expired(token);
            return once(name, change, outgoing, login.token(left(name)), secretive, judge);
        }
    }

    private FreePbxLogin login(String name) {
        FreePbxLogin login = calls.login();
        if (login == null) {
            throw roadMissing(
                    name,
                    "it goes over the API of FreePBX, and this client has no API application; give"
                            + " it credentials(...). Without, telephony(...) tells extensions,"
                            + " queues, trunks and health");
        }
        return login;
    }

    /** Tells whether there is an API application at all. */
    boolean hasApi() {
        return calls.login() != null;
    }

    /**
     * Reads over the API, or from the {@link TelephonySource} what this client may not read there.
     */
    <T> T readOr(Supplier<T> overApi, Function<TelephonySource, T> otherwise) {
        TelephonySource telephony = settings().telephony();
        try {
            return overApi.get();
        } catch (FreePbxRejectedException e) {
            boolean noRoad =
                    e.kind() == Kind.ROAD_MISSING || e.kind() == Kind.SCOPE_OR_MODULE_MISSING;
            if (telephony == null || !noRoad) {
                throw e;
            }
            return otherwise.apply(telephony);
        }
    }

    private <T> T once(
            String name,
            boolean change,
            Outgoing outgoing,
            String token,
            Map<String, ?> secretive,
            BiFunction<Answers, FreePbxHttp.Answer, T> judge) {
        List<String> secrets = new ArrayList<>(List.of(token));
        collectSecrets(secretive, secrets);
        Answers answers = new Answers(tried(name), change, Redaction.of(secrets));
        Duration left = left(name);
        return exchange(
                name,
                change,
                () ->
                        calls.http()
                                .call(
                                        outgoing.with(token, left),
                                        answer -> judge.apply(answers, answer)));
    }

    private static void collectSecrets(@Nullable Object value, List<String> secrets) {
        if (value instanceof Map<?, ?> map) {
            map.forEach(
                    (name, member) -> {
                        if (member instanceof String text
                                && SecretNames.isSecret(String.valueOf(name))) {
                            secrets.add(text);
                        } else {
                            collectSecrets(member, secrets);
                        }
                    });
        }
    }

    /** Makes one exchange; one that changes something goes out once. */
    <T> T exchange(String name, boolean change, Supplier<RootFuture<T>> exchange) {
        Call.Attempt<T> attempt =
                attemptOf -> {
                    if (!attemptOf.markSent() || (change && !root.markSent())) {
                        throw new PbxException(tried(name) + " was given up before it was sent");
                    }
                    return exchange.get();
                };
        Call<T> call = change ? new Call.Once<>(attempt) : new Call.Repeatable<>(attempt);
        T result =
                Futures.await(
                        calls.runner()
                                .run(
                                        operation.name(),
                                        tried(name),
                                        call,
                                        left(name),
                                        calls.options().retry().orElse(RetryPolicy.defaults())));
        changed |= change;
        return result;
    }

    /** Changes something by another road than HTTP; it goes out once. */
    void changing(String name, Runnable change) {
        attempting(
                name,
                () -> {
                    change.run();
                    return true;
                });
    }

    /** Tries to change something by another road than HTTP, and returns whether it was changed. */
    boolean attempting(String name, BooleanSupplier change) {
        left(name);
        if (!root.markSent()) {
            throw new PbxException(tried(name) + " was given up before it was sent");
        }
        boolean done = change.getAsBoolean();
        changed |= done;
        return done;
    }

    /**
     * Checks what became of a change: the PBX says that all went well also when it did something
     * else.
     *
     * @param different the names of what is not as it was asked for
     */
    void requireAsAsked(String name, List<String> different) {
        if (!different.isEmpty()) {
            throw FreePbxRejectedException.of(
                    tried(name),
                    FreePbxRejectedException.Kind.SERVER_ERROR,
                    200,
                    "done, but not as asked: " + String.join(", ", different),
                    true);
        }
    }

    /** Does something that two operations of this client must not do at the same time. */
    <T> T inTurn(ReentrantLock turn, String name, Supplier<T> work) {
        try {
            if (!turn.tryLock(left(name).toNanos(), TimeUnit.NANOSECONDS)) {
                throw new PbxTimeoutException(
                        tried(name) + ": another one of this client did not end in time",
                        null,
                        root.mayHaveBeenSent());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PbxInterruptedException(
                    "interrupted before " + tried(name), e, root.mayHaveBeenSent());
        }
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    /**
     * Returns a failure as the caller has to see it: what was changed before counts, and what was
     * only read before a change does not.
     */
    Throwable asSeenOutside(Throwable failure) {
        if (!(failure instanceof PbxException known)) {
            return failure;
        }
        if (changed && !known.mayHaveBeenSent()) {
            return new PbxException(
                    operation.name() + " has changed something, and then: " + known.getMessage(),
                    known,
                    true);
        }
        boolean nothingLeft =
                operation.access() == Operation.Access.CHANGE && !root.mayHaveBeenSent();
        return nothingLeft && known.mayHaveBeenSent() ? withNothingChanged(known) : known;
    }

    private static PbxException withNothingChanged(PbxException failure) {
        String words = failure.getMessage() + "; nothing was changed yet";
        if (failure instanceof PbxTimeoutException) {
            return new PbxTimeoutException(words, failure, false);
        }
        return failure instanceof PbxConnectionException
                ? new PbxConnectionException(words, failure, false)
                : failure;
    }

    /** Returns the same failure with more words; it is as much in doubt as before. */
    static PbxException withWords(PbxException failure, String more) {
        String words = failure.getMessage() + "; " + more;
        boolean sent = failure.mayHaveBeenSent();
        if (failure instanceof FreePbxRejectedException refusal) {
            return refusal.withWords(more);
        }
        if (failure instanceof PbxTimeoutException) {
            return new PbxTimeoutException(words, failure, sent);
        }
        if (failure instanceof PbxConnectionException) {
            return new PbxConnectionException(words, failure, sent);
        }
        if (failure instanceof PbxInterruptedException) {
            return new PbxInterruptedException(words, failure, sent);
        }
        return failure instanceof PbxProtocolException unreadable
                ? new PbxProtocolException(words, unreadable.rawText(), failure)
                : new PbxException(words, failure, sent);
    }

    /**
     * Does what must not be left undone: with a time of its own, however little is left of that of
     * the operation, and also when that was cancelled or interrupted meanwhile.
     */
    <T> T inItsOwnTime(FreePbxCalls.Work<T> steps) {
        try {
            return calls.goOn(operation, steps).join();
        } catch (CompletionException e) {
            throw Futures.unwrap(e) instanceof PbxException known ? known : e;
        }
    }

    /** Tells whether nobody waits for the operation any more. */
    boolean isOver() {
        return root.isSettled();
    }

    /** Keeps something to be closed, unless the operation hands out its result. */
    void own(AutoCloseable open) {
        owned.add(open);
    }

    /** Closes what is open after all, since nobody takes the result. */
    void abandon() {
        for (AutoCloseable open : owned) {
            try {
                open.close();
            } catch (Exception e) {
                // Nobody waits for it any more, so nobody wants to hear why it did not close.
            }
        }
    }

    /** Waits, for instance until the PBX has come further. */
    void pause(Duration pause) {
        CountDownLatch over = new CountDownLatch(1);
        Time.Alarm alarm = time.schedule(pause, over::countDown);
        try {
            over.await();
        } catch (InterruptedException e) {
            alarm.cancel();
            Thread.currentThread().interrupt();
            throw new PbxInterruptedException(
                    "interrupted during " + operation.name(), e, root.mayHaveBeenSent());
        }
    }

    /**
     * Returns how much of the time is left.
     *
     * @throws PbxTimeoutException if none is
     */
    Duration left(String name) {
        Duration left = deadline.minusNanos(time.nanos() - started);
        if (left.isNegative() || left.isZero()) {
            throw new PbxTimeoutException(
                    tried(name) + ": not done within " + deadline.toMillis() + " ms",
                    null,
                    root.mayHaveBeenSent());
        }
        return left;
    }

    Duration elapsed() {
        return Duration.ofNanos(time.nanos() - started);
    }

    Time time() {
        return time;
    }

    FreePbxSettings settings() {
        return calls.settings();
    }

    Changes changes() {
        return calls.changes();
    }

    /** Returns the session of the web interface, which must have been asked for. */
    GuiSession gui(String what) {
        GuiSession gui = calls.gui();
        if (gui == null) {
            throw roadMissing(what, "FreePBX has no API for it; " + GIVE_GUI);
        }
        return gui;
    }

    /**
     * Returns the failure of an operation for which this client has no road, and how to give one.
     */
    FreePbxRejectedException roadMissing(String what, String words) {
        return FreePbxRejectedException.notSent(tried(what), Kind.ROAD_MISSING, words);
    }

    String tried(String name) {
        HostAndPort host = calls.settings().host();
        return operation.name() + " (" + name + ") on " + host;
    }
}
