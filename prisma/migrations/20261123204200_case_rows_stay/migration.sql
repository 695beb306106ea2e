-- What a case holds is not emptied past its row guards.
create trigger case_transaction_no_truncate before truncate on case_transaction for each statement execute function refuse_case_truncate();
create trigger case_alert_no_truncate before truncate on case_alert for each statement execute function refuse_case_truncate();
create trigger case_trace_no_truncate before truncate on case_trace for each statement execute function refuse_case_truncate();
create trigger case_check_no_truncate before truncate on case_check for each statement execute function refuse_case_truncate();
create trigger case_institution_no_truncate before truncate on case_institution for each statement execute function refuse_case_truncate();
