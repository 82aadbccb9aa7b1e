package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.action.CommandAction;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.RootFuture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether our user gets the events that tell how a call ended.
 *
 * <p>The server would take the call without a word and never tell. AMI has no question for it; the
 * command line has one, for users who may use that. Who may not is not asked again.
 */
final class CallPermission {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.@-]+");
    private static final Pattern READ = Pattern.compile("(?i)\\s*read perm:\\s*(.*)");

    private final AmiCalls calls;
    private final Supplier<Optional<AmiServer>> server;
    private volatile boolean settled;

    CallPermission(AmiCalls calls, Supplier<Optional<AmiServer>> server) {
        this.calls = calls;
        this.server = server;
    }

    /** Tells whether there is nothing to ask any more. */
    boolean isSettled() {
        return settled;
    }

    /**
     * Asks the server.
     *
     * @return done when nothing speaks against the call, failed with a sentence otherwise
     */
    CompletableFuture<@Nullable Void> ask() {
        String user = server.get().map(AmiServer::user).orElse("");
        if (!PLAIN_NAME.matcher(user).matches()) {
            return CompletableFuture.completedFuture(null);
        }
        return calls.step(CommandAction.of("manager show user " + user), CallOptions.none())
                .startFor(new RootFuture<>(Runnable::run))
                .handle((answer, failure) -> judge(user, answer, failure));
    }

    private @Nullable Void judge(
            String user, @Nullable AmiResponse answer, @Nullable Throwable failure) {
        Optional<List<String>> classes =
                answer == null ? Optional.empty() : readClasses(answer.output());
        boolean lacking =
                classes.isPresent()
                        && !classes.get().contains("call")
                        && !classes.get().contains("all");
        if (lacking) {
            throw new PbxException(
                    "nothing was called: the outcome comes as an event of the class call, and the"
                            + (" AMI user " + user + " may not read those; add call to its read=")
                            + " line in manager.conf, or send the action with send(...)",
                    null,
                    false);
        }
        settled = answer != null || failure instanceof AmiRejectedException;
        return null;
    }

    private static Optional<List<String>> readClasses(List<String> output) {
        return output.stream()
                .map(READ::matcher)
                .filter(Matcher::matches)
                .map(line -> Arrays.asList(line.group(1).strip().split(",", -1)))
                .findFirst();
    }
}
