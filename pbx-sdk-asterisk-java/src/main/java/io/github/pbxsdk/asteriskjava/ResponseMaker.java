package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.asteriskjava.manager.ExpectedResponse;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.response.CommandResponse;
import org.asteriskjava.manager.response.ManagerError;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.util.DateUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers into responses of asterisk-java's classes. */
final class ResponseMaker {

    private static final Logger log = LoggerFactory.getLogger(ResponseMaker.class);
    private static final String END_COMMAND = "--END COMMAND--";

    private ResponseMaker() {}

    /** Returns the answer in the class that the action asks for, or as an error. */
    static ManagerResponse response(ManagerAction action, AmiFields fields) {
        ManagerResponse response = empty(action, fields);
        Properties.of(response.getClass()).set(response, fields);
        response.setDateReceived(DateUtil.getDate());
        response.setActionId(ActionId.given(fields.find("ActionID").orElse(null)));
        if (response instanceof CommandResponse command) {
            command.setResult(output(fields));
        }
        response.setAttributes(attributes(fields));
        return response;
    }

    private static ManagerResponse empty(ManagerAction action, AmiFields fields) {
        if (fields.is("Response", "Error")) {
            return new ManagerError();
        }
        ExpectedResponse expected = action.getClass().getAnnotation(ExpectedResponse.class);
        if (expected == null) {
            return new ManagerResponse();
        }
        try {
            return expected.value().getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            // The answer is not lost: all of it is in the attributes of the common class.
            log.warn("{} cannot be made", expected.value(), e);
            return new ManagerResponse();
        }
    }

    /** Returns what a command printed, without the empty lines and margins, as users know it. */
    private static List<String> output(AmiFields fields) {
        boolean old = fields.is("Response", "Follows");
        return fields.all(old ? "" : "Output").stream()
                .filter(line -> !line.isEmpty() && !line.trim().equals(END_COMMAND))
                .map(line -> old ? line : line.trim())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Returns all lines by their names in lower case, with a list where one repeats. */
    static Map<String, Object> attributes(AmiFields fields) {
        Map<String, Object> all = new HashMap<>();
        for (AmiFields.Field field : fields) {
            if (!field.name().isEmpty()) {
                all.merge(
                        field.name().toLowerCase(Locale.ENGLISH),
                        field.value().trim(),
                        ResponseMaker::together);
            }
        }
        return all;
    }

    private static Object together(Object before, Object value) {
        List<Object> list =
                before instanceof List<?> several
                        ? new ArrayList<>(several)
                        : new ArrayList<>(List.of(before));
        list.add(value);
        return list;
    }
}
