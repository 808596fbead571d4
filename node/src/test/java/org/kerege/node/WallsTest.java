package org.kerege.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Which part may use which. Arrows point down: commands, capabilities, gate and identity, ledger, libraries.
@AnalyzeClasses(packages = "org.kerege", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    @ArchTest
    static final ArchRule capabilities_form_no_circle =
            slices().matching("org.kerege.node.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_ledger_knows_no_capability =
            noClasses()
                    .that()
                    .resideInAPackage("org.kerege.node.ledger..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.kerege.node",
                            "org.kerege.node.gate..",
                            "org.kerege.node.identity..",
                            "org.kerege.node.exchange..",
                            "org.kerege.node.command..");

    @ArchTest
    static final ArchRule gate_and_identity_know_no_capability_above_them =
            noClasses()
                    .that()
                    .resideInAnyPackage("org.kerege.node.gate..", "org.kerege.node.identity..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.kerege.node.exchange..", "org.kerege.node.command..");

    @ArchTest
    static final ArchRule what_pages_show_knows_no_page =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "org.kerege.node.ledger..",
                            "org.kerege.node.gate..",
                            "org.kerege.node.identity..",
                            "org.kerege.node.exchange..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.kerege.node.desk..");

    @ArchTest
    static final ArchRule libraries_know_neither_the_node_nor_its_framework =
            noClasses()
                    .that()
                    .resideInAPackage("org.kerege..")
                    .and()
                    .resideOutsideOfPackage("org.kerege.node..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.kerege.node..", "org.springframework..");

    @ArchTest
    static final ArchRule validating_starts_no_server =
            noClasses()
                    .that()
                    .haveSimpleName("ValidateCommand")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveSimpleName("NodeServer");
}
