package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.redact.SecretNames;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The PBX as a machine: versions, modules, advanced settings, whether a reload is due. */
public final class PbxSystem {

    private final FreePbxCalls calls;

    PbxSystem(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Returns the versions of FreePBX and Asterisk, and whether Asterisk is up. */
    public SystemStatus status() {
        return Futures.await(statusAsync());
    }

    /** Asks without waiting; the future fails as {@link #status} does. */
    public CompletableFuture<SystemStatus> statusAsync() {
        return calls.read("system.status", PbxSystem::status);
    }

    static SystemStatus status(FreePbxSession session) {
        FreePbxObject system =
                session.graphQl(
                        GraphQlRequest.query("system").withoutStatus().select("version engine"));
        return new SystemStatus(system, asterisk(session));
    }

    private static FreePbxObject asterisk(FreePbxSession session) {
        return session.graphQl(
                GraphQlRequest.query("fetchAsteriskDetails")
                        .select("asteriskStatus asteriskVersion amiStatus"));
    }

    /** Tells whether Asterisk is known to be down; not so where this application may not ask. */
    static boolean isAsteriskDown(FreePbxSession session) {
        try {
            return !new SystemStatus(FreePbxObject.empty(), asterisk(session)).isAsteriskUp();
        } catch (FreePbxRejectedException e) {
            // Not in its scopes: then it has to be taken as up.
            return false;
        }
    }

    /** Returns the modules that are installed. */
    public List<FreePbxModule> modules() {
        return Futures.await(modulesAsync());
    }

    /** Lists without waiting; the future fails as {@link #modules} does. */
    public CompletableFuture<List<FreePbxModule>> modulesAsync() {
        return calls.read(
                "system.modules",
                session ->
                        session
                                .graphQl(
                                        GraphQlRequest.query("fetchInstalledModules")
                                                .select("modules{name version state license}"))
                                .objects("modules")
                                .stream()
                                .map(FreePbxModule::new)
                                .toList());
    }

    /**
     * Returns an advanced setting, if there is one.
     *
     * <p>Some are secrets: the passwords of AMI, ARI and the database. Handle them as such.
     *
     * @param keyword such as {@code RINGTIMER}
     */
    public Optional<String> findSetting(String keyword) {
        return Futures.await(findSettingAsync(keyword));
    }

    /** Asks without waiting; the future fails as {@link #findSetting} does. */
    public CompletableFuture<Optional<String>> findSettingAsync(String keyword) {
        return calls.read(
                SecretNames.isSecret(keyword) ? "system.secretSetting" : "system.setting",
                session -> setting(session, keyword));
    }

    static Optional<String> setting(FreePbxSession session, String keyword) {
        try {
            return session.graphQl(
                            GraphQlRequest.query("fetchAdvanceSetting")
                                    .argument("keyword", "String!", keyword)
                                    .select("keyword value"))
                    .find("value");
        } catch (FreePbxRejectedException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Sets an advanced setting; it is live after {@link FreePbxClient#applyConfig()}.
     *
     * @throws FreePbxRejectedException if there is none with this keyword
     */
    public void updateSetting(String keyword, String value) {
        Futures.await(updateSettingAsync(keyword, value));
    }

    /** Sets without waiting; the future fails as {@link #updateSetting} does. */
    public CompletableFuture<@Nullable Void> updateSettingAsync(String keyword, String value) {
        return calls.perform(
                "system.updateSetting",
                session -> {
                    session.graphQl(
                            GraphQlRequest.mutation(
                                    "updateAdvanceSettings",
                                    "updateSettingsInput",
                                    Map.of("keyword", keyword, "value", value)));
                });
    }

    /**
     * Tells whether something waits to be applied: a change of this client, or one that FreePBX
     * itself has marked. FreePBX marks only some changes, so with other clients about, «no» is not
     * certain.
     */
    public boolean needsApply() {
        return Futures.await(needsApplyAsync());
    }

    /** Asks without waiting; the future fails as {@link #needsApply} does. */
    public CompletableFuture<Boolean> needsApplyAsync() {
        return calls.read(
                "system.needsApply",
                session -> session.changes().areWaiting() || isMarked(session).orElse(false));
    }

    /** Returns the flag of the PBX, where this API application may read it in a form that holds. */
    static Optional<Boolean> isMarked(FreePbxSession session) {
        try {
            Object answer = session.rest("GET", "framework/needreload", null);
            return answer instanceof FreePbxObject object
                    ? object.flag("needreload")
                    : Optional.empty();
        } catch (FreePbxRejectedException e) {
            // The scope rest is missing; over GraphQL there is only a text, which is translated.
            return needReloadText(session);
        }
    }

    private static Optional<Boolean> needReloadText(FreePbxSession session) {
        try {
            String words =
                    session.graphQl(GraphQlRequest.query("fetchNeedReload").select(""))
                            .text("message");
            if (words.contains("not required")) {
                return Optional.of(false);
            }
            return words.contains("required") ? Optional.of(true) : Optional.empty();
        } catch (FreePbxRejectedException e) {
            // Nor may it read that one.
            return Optional.empty();
        }
    }
}
