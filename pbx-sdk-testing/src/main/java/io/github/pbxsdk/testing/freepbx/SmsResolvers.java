package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The web hooks of the commercial SMS module, as its source has them; none is a failure. */
final class SmsResolvers {

    /** Its root fields, which are in the schema only where the module is. */
    static final List<String> FIELDS =
            List.of(
                    "fetchAllSmsWebhook",
                    "fetchSmsWebhook",
                    "addSmsWebhook",
                    "updateSmsWebhook",
                    "deleteSmsWebhook");

    private final FakePbxState state;
    private int made;

    SmsResolvers(FakePbxState state) {
        this.state = state;
    }

    Map<String, Resolver> resolvers() {
        return Map.of(
                "fetchAllSmsWebhook", (field, arguments, input) -> hooks(),
                "fetchSmsWebhook", (field, arguments, input) -> hook(arguments),
                "addSmsWebhook", (field, arguments, input) -> add(input),
                "updateSmsWebhook", (field, arguments, input) -> update(input),
                "deleteSmsWebhook", (field, arguments, input) -> delete(input));
    }

    private Map<String, @Nullable Object> hooks() {
        if (state.webhooks.isEmpty()) {
            throw new Resolver.Refusal("Sorry unable to find the sms webhooks data");
        }
        return Answering.with(
                Answering.done("List of sms webhooks"),
                "webhookDetails",
                new ArrayList<>(state.webhooks.values()));
    }

    private Map<String, @Nullable Object> hook(Map<?, ?> arguments) {
        Map<String, @Nullable Object> found = state.webhooks.get(FakeRow.text(arguments, "id"));
        if (found == null) {
            throw new Resolver.Refusal("Sorry unable to find the sms webhooks data");
        }
        return Answering.with(Answering.done("Sms webhooks data found successfully..!!"), found);
    }

    private Map<String, @Nullable Object> add(Map<?, ?> input) {
        String kind = FakeRow.text(input, "dataToBeSentOn");
        if (state.webhooks.values().stream()
                .anyMatch(one -> FakeRow.text(one, "dataToBeSentOn").equals(kind))) {
            throw new Resolver.Refusal(
                    "web hook already exists for data to be sent on " + kind + " sms events");
        }
        store(String.valueOf(++made), input);
        return Answering.done("Webhook added successfully..!!");
    }

    private void store(String id, Map<?, ?> input) {
        state.webhooks.put(
                id,
                FakeRow.of(
                        "id", id,
                        "webhookUrl", FakeRow.text(input, "webHookBaseurl"),
                        "enablewebHook", Boolean.TRUE.equals(input.get("enablewebHook")),
                        "dataToBeSentOn", FakeRow.text(input, "dataToBeSentOn")));
    }

    private Map<String, @Nullable Object> update(Map<?, ?> input) {
        String id = FakeRow.text(input, "id");
        if (!state.webhooks.containsKey(id)) {
            throw new Resolver.Refusal("Sms webhook does not exists");
        }
        store(id, input);
        return Answering.done("Webhook updated successfully..!!");
    }

    private Map<String, @Nullable Object> delete(Map<?, ?> input) {
        if (state.webhooks.remove(FakeRow.text(input, "id")) == null) {
            throw new Resolver.Refusal("Sms webhook does not exists");
        }
        return Answering.done("Sms webhook deleted successfully");
    }
}
