do $$
begin
    set client_connection_check_interval = '1s';
exception
    when others then null;
end
$$
