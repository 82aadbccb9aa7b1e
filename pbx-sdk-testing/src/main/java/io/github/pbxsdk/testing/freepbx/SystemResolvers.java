package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Versions, settings, and the reload. */
final class SystemResolvers {

    private final FakePbxState state;
    private final FakeReloads reloads;

    SystemResolvers(FakePbxState state, FakeReloads reloads) {
        this.state = state;
        this.reloads = reloads;
    }

    Map<String, Resolver> resolvers() {
        return Map.ofEntries(
                Map.entry(
                        "system",
                        (field, arguments, input) ->
                                FakeRow.of(
                                        "version",
                                        "16.0.40.7",
                                        "engine",
                                        "16.28.0",
                                        "needReload",
                                        false)),
                Map.entry("fetchAsteriskDetails", (field, arguments, input) -> asterisk()),
                Map.entry("fetchInstalledModules", (field, arguments, input) -> modules()),
                Map.entry(
                        "fetchAdvanceSetting",
                        (field, arguments, input) -> setting(FakeRow.text(arguments, "keyword"))),
                Map.entry(
                        "updateAdvanceSettings", (field, arguments, input) -> updateSetting(input)),
                Map.entry(
                        "fetchNeedReload",
                        (field, arguments, input) ->
                                Answering.done(
                                        state.marked
                                                ? "Doreload is required"
                                                : "Doreload is not required")),
                Map.entry("checkdiskspace", (field, arguments, input) -> diskSpace()),
                Map.entry("doreload", (field, arguments, input) -> reload()),
                Map.entry(
                        "fetchApiStatus",
                        (field, arguments, input) -> apiStatus(FakeRow.text(arguments, "txnId"))));
    }

    private Map<String, @Nullable Object> asterisk() {
        return FakeRow.of(
                "status",
                true,
                "message",
                "Asterisk Details",
                "asteriskStatus",
                state.asteriskUp ? "Running" : "Not running",
                "asteriskVersion",
                "16.28.0",
                "amiStatus",
                state.asteriskUp ? "Connected" : "Not Connected");
    }

    private Map<String, @Nullable Object> modules() {
        List<Object> modules = new ArrayList<>();
        for (String name : List.of("api", "core", "cdr", "ringgroups", "recordings")) {
            modules.add(
                    FakeRow.of(
                            "name", name, "version", "16.0.1", "state", "Enabled", "license",
                            "GPLv3+"));
        }
        return Answering.with(
                Answering.done("Installed modules list loaded successfully"), "modules", modules);
    }

    private Map<String, @Nullable Object> setting(String keyword) {
        String value = state.settings.get(keyword);
        if (value == null) {
            throw new Resolver.Refusal("Sorry, unable to find settings");
        }
        return Answering.with(
                Answering.done("Setting's found successfully"),
                FakeRow.of("keyword", keyword, "value", value));
    }

    private Map<String, @Nullable Object> updateSetting(Map<?, ?> input) {
        String keyword = FakeRow.text(input, "keyword");
        if (!state.settings.containsKey(keyword)) {
            throw new Resolver.Refusal("Sorry, unable to find settings");
        }
        state.settings.put(keyword, FakeRow.text(input, "value"));
        return Answering.done("Setting's updated successfully");
    }

    private Map<String, @Nullable Object> apiStatus(String transaction) {
        Map<String, @Nullable Object> status = reloads.status(transaction);
        if ("Executed".equals(status.get("message"))) {
            state.marked = false;
        }
        return status;
    }

    private Map<String, @Nullable Object> diskSpace() {
        return Answering.with(
                Answering.done("Disk space"),
                "diskspace",
                List.of(FakeRow.of("storage_path", "/", "used_percentage", "42%")));
    }

    private Map<String, @Nullable Object> reload() {
        return Answering.with(
                Answering.done("Doreload/apply config has been initiated."),
                "transaction_id",
                reloads.start(state.asteriskUp));
    }
}
