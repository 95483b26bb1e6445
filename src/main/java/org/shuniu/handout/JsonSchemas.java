package org.shuniu.handout;

import java.util.List;
import java.util.stream.Collectors;
import org.shuniu.handout.Answers.Fitting;
import org.shuniu.handout.Condition.Part;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas (2020-12) of messages and answers. */
final class JsonSchemas {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String REQUIRED = "required";
    private static final String PROPERTIES = "properties";
    private static final String DESCRIPTION = "description";
    private static final String STRING = "string";

    private JsonSchemas() {}

    static ObjectNode of(Outgoing message) {
        return object(message.members());
    }

    private static ObjectNode object(List<Member> members) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ArrayNode required = NODES.arrayNode();
        ObjectNode properties = NODES.objectNode();
        for (Member member : members) {
            properties.set(member.name(), of(member));
            if (member.required()) {
                required.add(member.name());
            }
        }
        schema.set(REQUIRED, required);
        schema.set(PROPERTIES, properties);
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode of(Member member) {
        ObjectNode schema = NODES.objectNode();
        if (!member.label().isEmpty()) {
            schema.put("title", member.label());
        }
        switch (member.kind()) {
            case LIST -> {
                schema.put("type", "array").put("minItems", 1);
                schema.set("items", object(member.parts()));
            }
            case NUMBER -> schema.put("type", "number");
            case TRUTH -> schema.put("type", "boolean");
            case OPEN -> schema.put(DESCRIPTION, "not agreed in detail");
            case TEXT -> text(schema, member);
        }
        return schema;
    }

    private static void text(ObjectNode schema, Member member) {
        schema.put("type", STRING).put("minLength", 1);
        if (member.most() > 0) {
            schema.put("maxLength", member.most());
        }
        member.date().ifPresent(date -> {
            schema.put(DESCRIPTION, date);
            TimePattern.regex(date).ifPresent(regex -> schema.put("pattern", whole(regex)));
        });
        member.codes().map(CodeList::sent).ifPresent(codes -> {
            schema.put(
                    DESCRIPTION,
                    codes.entrySet().stream()
                            .map(code -> code.getKey() + " " + code.getValue())
                            .collect(Collectors.joining("; ")));
            texts(schema.putArray("enum"), codes.keySet());
        });
    }

    /** @param occasion on which it is said; the first of the lines that fits must find what it needs */
    static ObjectNode of(Answers answers, Occasion occasion) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject(PROPERTIES);
        answers.fields().forEach((name, said) -> properties.set(name, of(said)));
        ObjectNode last = schema;
        for (Fitting fitting : answers.on(occasion)) {
            ObjectNode needed = Answers.says(fitting.line(), occasion)
                    ? needed(answers.needs(fitting.line(), occasion))
                    : nothing();
            needed.put(DESCRIPTION, meaning(fitting));
            if (!fitting.isSure()) {
                // Whether this line holds no schema can tell, so it can tell nothing of those behind it.
                return schema;
            }
            if (fitting.parts().isEmpty()) {
                last.setAll(last == schema ? under(needed) : needed);
                return schema;
            }
            last.set("if", all(fitting.parts()));
            last.set("then", needed);
            last = last.putObject("else");
        }
        // No line fits, and nobody would know what it means.
        last.setAll(nothing());
        return schema;
    }

    private static ObjectNode nothing() {
        ObjectNode schema = NODES.objectNode();
        schema.set("not", NODES.objectNode());
        return schema;
    }

    private static ObjectNode under(ObjectNode needed) {
        ObjectNode schema = NODES.objectNode();
        schema.putArray("allOf").add(needed);
        return schema;
    }

    private static String meaning(Fitting fitting) {
        return fitting.line()
                .document()
                .map(document -> fitting.line().is() + ", " + document)
                .orElse(fitting.line().is());
    }

    private static ObjectNode of(Said said) {
        ObjectNode schema = NODES.objectNode();
        if (!said.meaning().zh().isEmpty()) {
            schema.put("title", said.meaning().zh())
                    .put(DESCRIPTION, said.meaning().en());
        }
        switch (said.kind()) {
            case ORDER -> schema.put("type", "integer").put("minimum", 0);
            case TRUTH -> schema.put("type", "boolean");
            case OPEN -> {
                // Any value, since nothing is agreed of its parts.
            }
            case TEXT -> {
                schema.put("type", STRING);
                if (said.most() > 0) {
                    schema.put("maxLength", said.most());
                }
                said.pattern().ifPresent(regex -> schema.put("pattern", whole(regex)));
                List<String> codes = said.codes().stream().map(Said.Known::code).toList();
                if (!codes.isEmpty()) {
                    texts(schema.putArray(said.closed() ? "enum" : "examples"), codes);
                }
            }
        }
        return schema;
    }

    private static ObjectNode needed(List<List<String>> needs) {
        ObjectNode schema = NODES.objectNode();
        List<String> each = needs.stream()
                .filter(names -> names.size() == 1)
                .map(names -> names.get(0))
                .distinct()
                .toList();
        if (!each.isEmpty()) {
            texts(schema.putArray(REQUIRED), each);
        }
        needs.stream().filter(names -> names.size() > 1).forEach(names -> {
            ArrayNode any = schema.withArrayProperty("allOf").addObject().putArray("anyOf");
            names.forEach(name -> texts(any.addObject().putArray(REQUIRED), List.of(name)));
        });
        return schema;
    }

    private static ObjectNode all(List<Part> parts) {
        if (parts.size() == 1) {
            return of(parts.get(0));
        }
        ObjectNode schema = NODES.objectNode();
        ArrayNode all = schema.putArray("allOf");
        parts.forEach(part -> all.add(of(part)));
        return schema;
    }

    private static ObjectNode of(Part part) {
        ObjectNode schema = NODES.objectNode();
        String name = Answers.name(part);
        ObjectNode value = NODES.objectNode();
        switch (part.sign()) {
            case IS ->
                value.set(
                        "const",
                        part.isText()
                                ? NODES.stringNode(part.values().get(0))
                                : NODES.booleanNode(
                                        Boolean.parseBoolean(part.values().get(0))));
            case IS_NOT -> value.putObject("not").put("const", part.values().get(0));
            case IS_ONE_OF -> texts(value.putArray("enum"), part.values());
            case MISSING -> {
                texts(schema.putObject("not").putArray(REQUIRED), List.of(name));
                return schema;
            }
            case EXISTS, AT_LEAST, OTHER -> {
                // That it is there is all that can be asked.
            }
        }
        texts(schema.putArray(REQUIRED), List.of(name));
        if (!value.isEmpty()) {
            schema.putObject(PROPERTIES).set(name, value);
        }
        return schema;
    }

    private static void texts(ArrayNode array, Iterable<String> texts) {
        texts.forEach(array::add);
    }

    private static String whole(String regex) {
        return "^" + regex + "$";
    }

    /** Schemas by their names, such as {@code Application} and {@code ApplicationAnswer}. */
    static ObjectNode all(List<Outgoing> messages, Answers answers, List<Occasion> occasions) {
        ObjectNode schemas = NODES.objectNode();
        messages.forEach(message -> schemas.set(message.type(), of(message)));
        occasions.forEach(occasion -> schemas.set(occasion.type(), of(answers, occasion)));
        return schemas;
    }
}
