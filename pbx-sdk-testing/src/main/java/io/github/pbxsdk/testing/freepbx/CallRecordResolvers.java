package io.github.pbxsdk.testing.freepbx;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The call records, whose pages and order do nothing. */
final class CallRecordResolvers {

    private final FakePbxState state;

    CallRecordResolvers(FakePbxState state) {
        this.state = state;
    }

    Map<String, Resolver> resolvers() {
        return Map.ofEntries(
                Map.entry("fetchAllCdrs", (field, arguments, input) -> callRecords(arguments)),
                Map.entry(
                        "fetchCdr",
                        (field, arguments, input) -> callRecord(FakeRow.text(arguments, "id"))));
    }

    /** Offset and order do nothing, and the count counts all. */
    private Map<String, @Nullable Object> callRecords(Map<String, @Nullable Object> arguments) {
        if (arguments.get("startDate") == null && arguments.get("endDate") == null) {
            throw Answering.internal();
        }
        if (arguments.get("endDate") == null) {
            throw new Resolver.Refusal("End Date is required..!!");
        }
        String first = date("Start", FakeRow.text(arguments, "startDate"));
        String last = date("End", FakeRow.text(arguments, "endDate"));
        int limit =
                arguments.get("first") == null
                        ? 5
                        : Integer.parseInt(FakeRow.text(arguments, "first"));
        List<Object> found = new ArrayList<>();
        for (Map<String, @Nullable Object> row : state.callRecords) {
            String day = FakeRow.text(row, "calldate").substring(0, 10);
            if (day.compareTo(first) >= 0 && day.compareTo(last) <= 0 && found.size() < limit) {
                found.add(row);
            }
        }
        return Answering.with(
                Answering.with(
                        Answering.done(
                                found.isEmpty() ? "No Data Found" : "CDR data found successfully"),
                        "totalCount",
                        state.callRecords.size()),
                "cdrs",
                found);
    }

    private static String date(String which, String text) {
        try {
            return LocalDate.parse(text).toString();
        } catch (DateTimeParseException e) {
            throw new Resolver.Refusal("Invalid " + which + " Date Format(YYYY-MM-DD)");
        }
    }

    private Map<String, @Nullable Object> callRecord(String uniqueid) {
        for (Map<String, @Nullable Object> known : state.callRecords) {
            if (FakeRow.text(known, "uniqueid").equals(uniqueid.replace('_', '.'))) {
                return Answering.with(Answering.done("CDR data found successfully"), known);
            }
        }
        throw new Resolver.Refusal("CDR data does not exists");
    }
}
